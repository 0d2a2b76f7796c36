/** The rules that go with the metrics: read by Prometheus' own grammar, and only of what is told. */
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { read } from '../../repo/project.ts';
import { renderMetrics } from '../../../src/cli/health/render-metrics.ts';
import { FULL } from './health-view.ts';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}
const { groups } = parse(read('docs/operations/prometheus-rules.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

/** Texts of all nodes of a kind. */
function nodes(expression: string, kind: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to }) => {
      if (kind === 'error' ? type.isError : name === kind) found.push(expression.slice(from, to));
    },
  });
  return found;
}

describe('docs/operations/prometheus-rules.yaml', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s', async (_, { expr, annotations }) => {
    expect(nodes(expr, 'error')).toEqual([]);
    const told = await renderMetrics(FULL);
    const asked = nodes(expr, 'Identifier').filter((name) => name.startsWith('tieout_'));
    expect(asked.length).toBeGreaterThan(0);
    for (const name of asked) expect(told).toMatch(new RegExp(`^${name}[ {]`, 'm'));
    for (const label of [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, name]) => name))
      expect(told).toMatch(new RegExp(`^${asked[0]}\\{[^}]*${label}="`, 'm'));
    const [page, anchor] = annotations.runbook.split('#') as [string, string];
    expect(read(page).toLowerCase()).toContain(`\n### ${anchor}\n`);
  });

  test('an expression that is none would be seen', () => {
    expect(nodes('tieout_up == ', 'error')).not.toEqual([]);
  });
});

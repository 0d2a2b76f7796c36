/** The health of a running product as Prometheus reads it (text format 0.0.4): names and units by its conventions. */
import { Gauge, Registry } from 'prom-client';
import type { ConnectionHealth, HealthView } from '../../views/health/health-view.ts';

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

export async function renderMetrics(health: HealthView): Promise<string> {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name: `tieout_${name}`, help, labelNames, registers: [registry] });

  gauge('info', 'The version that runs.', ['version']).set({ version: health.version }, 1);
  const up = gauge('up', 'Whether a part answers that nothing is done without: 1, else 0.', ['part']);
  for (const { part, ok } of health.checks) up.set({ part: part.toLowerCase() }, ok ? 1 : 0);
  const failing = gauge('workflows_failing', 'Workflows whose own code fails.');
  if (health.failingWorkflows === null) registry.removeSingleMetric('tieout_workflows_failing');
  else failing.set(health.failingWorkflows);

  const per = <Label extends string>(name: string, help: string, ...labels: Label[]) =>
    gauge<Label | 'connection'>(name, help, ['connection', ...labels]);
  const lag = per('flow_lag_seconds', 'Since the beginning of the last look that came to its end.', 'flow');
  const done = per('flow_last_done_timestamp_seconds', 'When that look began, by the clock of the machine.', 'flow');
  const interval = per('flow_interval_seconds', 'How often a look begins by its schedule.', 'flow');
  const scheduled = per('flow_scheduled', 'Whether its schedule is there and not paused: 1, else 0.', 'flow');
  const marks = per(
    'mark_age_seconds',
    'Age of what a source was last read up to, by the clock of the facts.',
    'source',
  );
  const slots = per('netsuite_slots', 'Slots of the NetSuite account: in use, allowed now, configured.', 'state');
  const queued = per('netsuite_queued', 'Calls that wait for a slot of NetSuite, about.');
  const refusals = per('netsuite_refusals_last_hour', 'Calls that NetSuite refused as too many, in the last hour.');
  const tokens = per('amazon_tokens', 'Calls that Amazon allows at once, as counted.', 'operation');
  const open = per('exceptions_open', 'Open exceptions.', 'code', 'owner');
  const oldest = per(
    'exception_oldest_age_seconds',
    'Age of the oldest that is open, by the clock of the facts.',
    'code',
    'owner',
  );
  const steps = per('steps_failing', 'Steps that have failed and not worked since.');
  const lost = per('without_workflow', 'Unfinished work that no workflow does.', 'kind');

  const told = ({ connection, ...of }: ConnectionHealth): void => {
    for (const { flow, everySeconds, lagSeconds, lastDone, missing, next } of of.flows) {
      interval.set({ connection, flow }, everySeconds);
      scheduled.set({ connection, flow }, missing || next === null ? 0 : 1);
      if (lagSeconds !== null) lag.set({ connection, flow }, lagSeconds);
      if (lastDone !== null) done.set({ connection, flow }, Date.parse(lastDone) / 1000);
    }
    for (const { source, ageSeconds } of of.marks) marks.set({ connection, source }, ageSeconds);
    if (of.netsuite !== null) {
      const { busy, allowed, size, queued: waiting, throttledLastHour } = of.netsuite;
      for (const [state, count] of Object.entries({ busy, allowed, size })) slots.set({ connection, state }, count);
      if (waiting !== null) queued.set({ connection }, waiting);
      refusals.set({ connection }, throttledLastHour);
    }
    if (of.amazon !== null) tokens.set({ connection, operation: 'searchOrders' }, of.amazon.tokens);
    for (const { code, owner, open: count, oldestSeconds } of of.exceptions) {
      open.set({ connection, code, owner }, count);
      if (oldestSeconds !== null) oldest.set({ connection, code, owner }, oldestSeconds);
    }
    steps.set({ connection }, of.failingSteps);
    for (const [kind, count] of Object.entries(of.withoutWorkflow ?? {})) lost.set({ connection, kind }, count);
  };
  health.connections.forEach(told);
  return registry.metrics();
}

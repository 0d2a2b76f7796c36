import { describe, expect, test } from '@jest/globals';
import { renderMetrics } from '../../../src/cli/health/render-metrics.ts';
import { FULL } from './health-view.ts';

describe('metrics as Prometheus reads them', () => {
  test('each figure stands once, by its labels', async () => {
    const samples = (await renderMetrics(FULL)).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(samples).toEqual([
      'tieout_info{version="0.1.0"} 1',
      'tieout_up{part="postgres"} 1',
      'tieout_up{part="temporal"} 0',
      'tieout_workflows_failing 2',
      'tieout_flow_lag_seconds{connection="demo-us",flow="order-intake"} 90',
      // 2026-11-28T10:00:00Z
      'tieout_flow_last_done_timestamp_seconds{connection="demo-us",flow="order-intake"} 1795860000',
      'tieout_flow_interval_seconds{connection="demo-us",flow="order-intake"} 180',
      'tieout_flow_interval_seconds{connection="demo-us",flow="stock"} 900',
      'tieout_flow_scheduled{connection="demo-us",flow="order-intake"} 1',
      'tieout_flow_scheduled{connection="demo-us",flow="stock"} 0',
      'tieout_mark_age_seconds{connection="demo-us",source="orders"} 120',
      'tieout_netsuite_slots{connection="demo-us",state="busy"} 2',
      'tieout_netsuite_slots{connection="demo-us",state="allowed"} 4',
      'tieout_netsuite_slots{connection="demo-us",state="size"} 5',
      'tieout_netsuite_queued{connection="demo-us"} 7',
      'tieout_netsuite_refusals_last_hour{connection="demo-us"} 3',
      'tieout_amazon_tokens{connection="demo-us",operation="searchOrders"} 19',
      'tieout_exceptions_open{connection="demo-us",code="sku-unknown",owner="operations"} 3',
      'tieout_exception_oldest_age_seconds{connection="demo-us",code="sku-unknown",owner="operations"} 7200',
      'tieout_steps_failing{connection="demo-us"} 1',
      'tieout_without_workflow{connection="demo-us",kind="orders"} 4',
      'tieout_without_workflow{connection="demo-us",kind="payouts"} 0',
    ]);
  });

  test('what nobody knows is left out, and not told as nothing', async () => {
    const [one] = FULL.connections;
    const told = await renderMetrics({
      ...FULL,
      failingWorkflows: null,
      connections: [{ ...one!, netsuite: null, amazon: null, withoutWorkflow: null, flows: [], marks: [] }],
    });
    for (const name of ['workflows_failing', 'netsuite_slots', 'amazon_tokens', 'without_workflow', 'flow_lag_seconds'])
      expect(told).not.toMatch(new RegExp(`^tieout_${name}[ {]`, 'm'));
  });
});

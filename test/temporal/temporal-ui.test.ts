import { expect, test } from '@jest/globals';
import { namespace, workflowLink } from '../../src/temporal/temporal-ui.ts';

test('a workflow has its page in the namespace that the environment names', () => {
  const before = process.env['TEMPORAL_NAMESPACE'];
  try {
    process.env['TEMPORAL_NAMESPACE'] = 'finance.a1b2c';
    expect(namespace()).toBe('finance.a1b2c');
    delete process.env['TEMPORAL_NAMESPACE'];
    expect(namespace()).toBe('default');
  } finally {
    if (before !== undefined) process.env['TEMPORAL_NAMESPACE'] = before;
  }
  expect(workflowLink('http://127.0.0.1:8233/', 'finance.a1b2c', 'payout:demo-us:20001234561')).toBe(
    'http://127.0.0.1:8233/namespaces/finance.a1b2c/workflows/payout%3Ademo-us%3A20001234561',
  );
  expect(workflowLink(null, 'default', 'payout:demo-us:20001234561')).toBeNull();
});

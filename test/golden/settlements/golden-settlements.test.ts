import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { SettlementInspection } from '../../../src/domain/payouts/inspect-settlement.ts';
import { parse } from '../../domain/settlement/settlement-file.ts';
import { plainSettlement } from '../plain-settlement-reader.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(files)('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const plain = plainSettlement(new TextDecoder().decode(bytes));

  test('sums to its total, by a reader that shares no code with ours too', () => {
    expect(plain.sum).toBe(plain.total);
    expect(parse(bytes).sum).toBe(plain.sum);
  });

  test('adds up by order as the plain reader adds it', () => {
    const byOrder = new Map<string, bigint>();
    for (const { orderId, amount } of parse(bytes).list)
      byOrder.set(orderId ?? '', (byOrder.get(orderId ?? '') ?? 0n) + amount);
    expect(byOrder).toEqual(plain.byOrder);
  });

  test('has every amount in its journal: debits are credits, and the payout line is the total', () => {
    const inspection = new SettlementInspection();
    inspection.push(bytes);
    const { journal, header, byKey } = inspection.finish();
    const lines = journal!.lines;
    expect(lines.reduce((sum, line) => sum + line.debit - line.credit, 0n)).toBe(0n);
    expect(lines.filter((line) => line.payout).map((line) => line.debit - line.credit)).toEqual([plain.total]);
    if (header.variant === 'V2') {
      expect(
        new Map(
          byKey.map((key) => [`${key.transactionType} / ${key.amountType} / ${key.amountDescription}`, key.amount]),
        ),
      ).toEqual(plain.byKey);
    }
  });
});

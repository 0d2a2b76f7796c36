import { describe, expect, test } from '@jest/globals';
import { ownershipOf, type OwnershipSettings } from '../../../src/domain/payouts/settlement-ownership.ts';

const settings = (more: Partial<OwnershipSettings> = {}): OwnershipSettings => ({
  listed: ['US', 'CA'],
  foreignRows: 'wait',
  sellsIn: () => ({ here: true, connections: 1 }),
  ...more,
});
const owned = (named: string[], more: Partial<OwnershipSettings> = {}, previous: 'ours' | 'left-alone' | null = null) =>
  ownershipOf({ named, currency: 'USD', previous }, settings(more));

describe('a settlement', () => {
  test('that names listed marketplaces alone is booked, one that names others alone is left alone', () => {
    expect(owned(['US'])).toEqual({ kind: 'ours', foreign: [] });
    expect(owned(['MX', 'BR'])).toEqual({ kind: 'left-alone', marketplaces: ['MX', 'BR'] });
  });
  test('that names both waits, unless the rows of the others are merchant orders', () => {
    expect(owned(['US', 'MX'])).toEqual({
      kind: 'waits',
      sentence: 'it names US, which this connection lists, and MX, which it does not',
    });
    expect(owned(['US', 'MX'], { foreignRows: 'merchant-orders' })).toEqual({ kind: 'ours', foreign: ['MX'] });
  });
  test('that names none goes with its chain', () => {
    expect(owned([], {}, 'ours').kind).toBe('ours');
    expect(owned([], {}, 'left-alone').kind).toBe('left-alone');
  });
  test('that names none and begins a chain belongs to the only connection of its currency, else it waits', () => {
    expect(owned([]).kind).toBe('ours');
    expect(owned([], { sellsIn: () => ({ here: false, connections: 1 }) }).kind).toBe('left-alone');
    expect(owned([], { sellsIn: () => ({ here: true, connections: 2 }) })).toEqual({
      kind: 'waits',
      sentence: 'it names no marketplace, follows on none, and 2 connections sell in USD',
    });
    expect(owned([], { sellsIn: () => ({ here: false, connections: 0 }) })).toMatchObject({ kind: 'waits' });
  });
});

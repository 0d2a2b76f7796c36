import type { Company } from './company.ts';
import { symbolOf } from './company.ts';
import { currencyDigits, toUnits } from './decimal.ts';
import { line, type TransactionLine } from './ledger/transaction.ts';
import { periodOfDay } from './masters.ts';
import type { NetSuiteSeed } from './seed.ts';

/** The seed's stock as one inventory adjustment on the first day, against the system account for opening balances. */
export function bookOpeningStock(company: Company, seed: NetSuiteSeed): void {
  if (seed.openingStock.length === 0) return;
  const digits = currencyDigits(symbolOf(company, '1'));
  const lines: TransactionLine[] = seed.openingStock.map(({ itemId, location, quantity, unitCost }, index) => {
    const item = [...company.masters.items.values()].find((candidate) => candidate.itemId === itemId);
    const place = [...company.masters.locations.values()].find(({ name }) => name === location);
    const unit = toUnits(unitCost, digits);
    if (!item?.assetAccount || !place || unit === null)
      throw new Error(`seed: opening stock of "${itemId}" at "${location}" for ${unitCost} is not possible`);
    const value = unit * BigInt(quantity);
    return line({
      id: index + 1,
      item: item.id,
      quantity,
      account: item.assetAccount,
      amount: value,
      location: place.id,
      rate: unitCost,
      stock: { location: place.id, quantity, value, cost: 'given', offset: 0 },
    });
  });
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const memo = 'Opening stock';
  const date = `${seed.periods.from.slice(0, 7)}-01`;
  company.books.post(
    {
      id: company.books.nextId(),
      record: 'inventoryAdjustment',
      type: 'InvAdjst',
      tranId: company.books.nextTranId('ADJ'),
      externalId: null,
      memo,
      otherRefNum: null,
      createdFrom: null,
      createdAt: company.now(),
      modifiedAt: company.now(),
    },
    {
      date,
      period: periodOfDay(company.masters, date)?.id ?? null,
      posting: true,
      currency: '1',
      exchangeRate: '1',
      entity: null,
      account: company.masters.openingBalance,
      total,
      settleable: null,
      applications: [],
      lines: [line({ id: 0, mainLine: true, account: company.masters.openingBalance, amount: -total, memo }), ...lines],
    },
    { fields: { memo }, sublists: {} },
  );
}

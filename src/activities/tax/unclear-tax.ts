/** Tax of the seller that no rate gives: the total is right all the same, and nothing waits for it. */
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { externalIdOf, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { rateThatGives } from '../../domain/tax/net-of-tax.ts';
import type { ItemTax } from '../../domain/tax/tax-policy.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';

/** What a plan of a sale or a refund says of its tax. */
interface Taxed {
  orderId: string;
  currency: string;
  lines: readonly { tag: string; quantity: number }[];
  taxes?: readonly ItemTax[];
}

const unclearOf = ({ taxes = [] }: Pick<Taxed, 'taxes'>): ItemTax[] =>
  taxes.filter(({ collector, rate, tax }) => collector === 'seller' && rate === null && tax !== 0n);

/** Once a document is written down. Idempotent: one for each document. */
export async function raiseUnclearTax(connection: Connection, key: DocumentKey, plan: Taxed): Promise<void> {
  const unclear = unclearOf(plan);
  if (unclear.length === 0) return;
  const [first] = unclear;
  const { currency, orderId } = plan;
  const amount = sumMinor(unclear.map(({ tax }) => tax));
  await connection.raise({
    code: 'tax-unclear',
    key: externalIdOf(key),
    subject: orderSubject(orderId),
    evidence: {
      what: `no rate of ${first!.jurisdiction} gives the tax of ${first!.sku ?? `item ${first!.orderItemId}`} in ${externalIdOf(key)}: ${renderMoney(first!.tax, currency)} on ${renderMoney(first!.net, currency)}`,
      atStake: amount,
      currency,
    },
    remedy: {
      kind: 'set-up',
      where: `Name the rate under tax.rates.${first!.jurisdiction}, or the class of the SKU under tax.classes, and start again`,
    },
  });
}

/** Those that a rate of the configuration gives by now. */
export async function endUnclearTax(connection: Connection): Promise<void> {
  const { db, name, settings } = connection;
  for (const externalId of await openKeys(db, name, 'tax-unclear')) {
    const document = await loadDocument(db, externalId);
    if (document === null || !('taxes' in document.plan)) continue;
    const plan = document.plan as Taxed;
    const order = await loadOrder(db, name, plan.orderId);
    const policy = taxPolicyOf(settings, order?.fact.marketplaceId ?? null);
    const isClear = unclearOf(plan).every((item) => {
      const units = plan.lines.find(({ tag }) => tag.startsWith(`${item.orderItemId} `))?.quantity ?? 1;
      return rateThatGives({ ...item, units }, item.jurisdiction, policy) !== null;
    });
    if (isClear) await connection.resolve('tax-unclear', externalId, 'a rate of the configuration gives it now');
  }
}

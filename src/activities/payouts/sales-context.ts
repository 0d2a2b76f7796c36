/** What decides whose a settlement's sales are: the settings, and what the store knows of their orders and shipments. */
import { marketplaceByName } from '../../config/marketplaces.ts';
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { isDocumentRow, isMerchantRow, type BookingContext } from '../../domain/mapping/booked-role.ts';
import { foldText } from '../../domain/settlement/fold-key.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { isTaxHandedOver } from '../../domain/tax/collected-tax.ts';
import { placesOf } from '../../domain/tax/tax-policy.ts';
import type { ShipmentFact } from '../../domain/orders/order-facts.ts';
import { shipmentsFromRows } from '../../domain/payouts/shipments-from-rows.ts';
import { isShippedEarlier, shipmentsMeant } from '../../domain/payouts/shipped-earlier.ts';
import type { SettlementRow } from '../../domain/settlement/settlement.ts';
import { marketplacesNamed, readRows } from '../../store/payouts/settlement-rows.ts';
import type { Database } from '../../store/database.ts';
import { ordersLeftAlone, shipmentsOfOrders, type NamedOrders } from '../../store/payouts/sales-of-settlement.ts';
import type { Connection } from '../connection.ts';
import type { PayoutSetup } from './payout-setup.ts';

export interface SalesContext extends Omit<BookingContext, 'mode' | 'hasCreditMemo' | 'carriesTax'> {
  /** Whether what a sale row pays was shipped before the cut-over, whoever has it in the books. */
  leftEarlier: (sale: SaleName) => boolean;
  /** Whether the shipment that a sale row pays is in the store. */
  isShipmentKnown: (sale: SaleName) => boolean;
  /** Whether tax of these rows of one order is the seller's, so that a document must carry it: he is registered where they were sent or at home, and of some item none says that Amazon withheld it. */
  expectsTax: (rows: readonly SettlementRow[]) => boolean;
  /** Keys of the shipments of the sale that left before the cut-over. */
  earlierKeys: (sale: SaleName) => string[];
}

type SaleName = Pick<SettlementRow, 'orderId' | 'shipmentId'>;

export async function salesContext(setup: PayoutSetup): Promise<SalesContext> {
  const { settlementId } = setup.settlement;
  return contextOf(setup.connection.db, setup, { settlementId }, await foreignNames(setup.connection, settlementId));
}

/** The same for some orders at a time: what is known of all orders of a settlement may be much. */
export async function salesContextByOrders(
  setup: PayoutSetup,
): Promise<(tx: Database, orderIds: readonly string[]) => Promise<SalesContext>> {
  const foreign = await foreignNames(setup.connection, setup.settlement.settlementId);
  return (tx, orderIds) => contextOf(tx, setup, { orderIds }, foreign);
}

async function contextOf(
  db: Database,
  { connection, settlement }: PayoutSetup,
  orders: NamedOrders,
  foreign: ReadonlySet<string>,
): Promise<SalesContext> {
  const { name, cutOver, merchantFulfilled, shippedBeforeCutOver } = connection.settings;
  const leftAlone = await ordersLeftAlone(db, name, orders);
  const shipments = await shipmentsOfOrders(db, name, orders, cutOver);
  const leftEarlier: SalesContext['leftEarlier'] = (sale) => isShippedEarlier(sale, shipments);
  return {
    merchantFulfilled,
    leftEarlier,
    isShipmentKnown: (sale) => shipmentsMeant(sale, shipments).length > 0,
    earlierKeys: (sale) =>
      shipmentsMeant(sale, shipments)
        .filter(({ earlier }) => earlier)
        .map(({ key }) => key),
    expectsTax: (rows) => {
      const policy = taxPolicyOf(connection.settings, rows[0]?.marketplaceName ?? null);
      const sentTo = rows.flatMap((row) => shipmentsMeant(row, shipments)).map(({ shipTo }) => shipTo);
      return [null, ...sentTo].some((to) => placesOf(to, policy).length > 0) && isTaxHandedOver(rows);
    },
    isLeftAlone: (row) => row.orderId !== null && leftAlone.has(row.orderId),
    isForeign: (row) => foreign.has(row.marketplaceName ?? ''),
    isBeforeCutOver: settlement.start < cutOver ? (row) => row.postedAt < cutOver : null,
    isShippedBeforeCutOver: (row) => shippedBeforeCutOver === 'opening-balance' && leftEarlier(row),
  };
}

/** Marketplaces of a settlement, as it writes them, that the connection does not list. */
async function foreignNames(connection: Connection, settlementId: string): Promise<Set<string>> {
  const named = await marketplacesNamed(connection.db, connection.name, settlementId);
  return new Set(
    named.filter(
      (marketplace) =>
        !connection.settings.marketplaces.some(({ id }) => id === (marketplaceByName(marketplace)?.id ?? marketplace)),
    ),
  );
}

/** The sales that the settlement pays and that are ours, as dispatches that its rows tell of; those that the old books have settled are left out. */
export async function salesOf({ connection, settlement }: PayoutSetup, context: SalesContext): Promise<ShipmentFact[]> {
  const rows: { row: SettlementRow; meaning: Role }[] = [];
  for await (const row of readRows(connection.db, connection.name, settlement.settlementId)) {
    if (row.role === null || foldText(row.transactionType) !== 'order') continue;
    if (!isDocumentRow(row.role, row) && row.role !== 'marketplace-tax') continue;
    if (!context.isBeforeCutOver?.(row) && !isMerchantRow(row.role, row, context))
      rows.push({ row, meaning: row.role });
  }
  return shipmentsFromRows(rows, settlement.currency);
}

import type { Answer } from '../answers.ts';
import { invalid, notFound } from '../answers.ts';
import type { ApiCall } from '../request.ts';
import { instantParam, limitedList, openToken, sealToken } from '../request.ts';
import { inboundAt } from './inbound-at.ts';
import type { InboundItem, InboundMoment } from './inbound-at.ts';
import { INBOUND_STATUSES } from './world-stock.ts';

const PAGE = 50;
/** The items of one shipment come without a token, and no more than these. */
const ITEMS_AT_MOST = 200;

interface Query {
  marketplaceId: string;
  statuses: string[];
  ids: string[];
  after: string | null;
  before: string | null;
  offset: number;
}

/** GET /fba/inbound/v0/shipments: by id or status, by the time of the last update (both ends within), or by the token alone. */
export function getShipments({ state, now, query }: ApiCall): Answer {
  const wanted = wantedBy(query, ['SHIPMENT', 'DATE_RANGE', 'NEXT_TOKEN']);
  const found = inboundAt(state.stock, now).filter(
    (moment) =>
      state.stock.lines.marketplaceOf(moment.shipment.country) === wanted.marketplaceId &&
      (wanted.statuses.length === 0 || wanted.statuses.includes(moment.status)) &&
      (wanted.ids.length === 0 || wanted.ids.includes(moment.shipment.shipment)) &&
      isWithin(moment.updatedAt, wanted),
  );
  const { page, token } = pageOf(found, wanted);
  return { status: 200, body: { payload: { ShipmentData: page.map(shipmentView), ...token } } };
}

/** GET /fba/inbound/v0/shipmentItems: items of all shipments by the time of their last update. */
export function getShipmentItems({ state, now, query }: ApiCall): Answer {
  const wanted = wantedBy(query, ['DATE_RANGE', 'NEXT_TOKEN']);
  const found = inboundAt(state.stock, now)
    .filter(({ shipment }) => state.stock.lines.marketplaceOf(shipment.country) === wanted.marketplaceId)
    .flatMap(({ shipment, items }) => items.map((item) => ({ shipmentId: shipment.shipment, item })))
    .filter(({ item }) => isWithin(item.updatedAt, wanted));
  const { page, token } = pageOf(found, wanted);
  return {
    status: 200,
    body: { payload: { ItemData: page.map(({ shipmentId, item }) => itemView(shipmentId, item)), ...token } },
  };
}

/** GET /fba/inbound/v0/shipments/{shipmentId}/items */
export function getShipmentItemsByShipmentId({ state, now, params }: ApiCall): Answer {
  const shipmentId = params['shipmentId'] ?? '';
  const found = inboundAt(state.stock, now).find(({ shipment }) => shipment.shipment === shipmentId);
  if (!found) throw notFound(`Shipment ${shipmentId} was not found.`);
  const items = found.items.slice(0, ITEMS_AT_MOST).map((item) => itemView(shipmentId, item));
  return { status: 200, body: { payload: { ItemData: items } } };
}

function wantedBy(query: URLSearchParams, kinds: readonly string[]): Query {
  const kind = query.get('QueryType') ?? '';
  if (!kinds.includes(kind)) throw invalid(`QueryType must be one of ${kinds.join(', ')}.`);
  const marketplaceId = query.get('MarketplaceId');
  if (marketplaceId === null || marketplaceId === '') throw invalid('MarketplaceId is required.');
  if (kind === 'NEXT_TOKEN') {
    const token = query.get('NextToken');
    if (token === null) throw invalid('NextToken is required with QueryType NEXT_TOKEN.');
    return openToken<Query>(token, 'NextToken');
  }
  const statuses = limitedList(query, 'ShipmentStatusList', INBOUND_STATUSES.length);
  const unknown = statuses.find((status) => !(INBOUND_STATUSES as readonly string[]).includes(status));
  if (unknown !== undefined) throw invalid(`ShipmentStatusList has an invalid value: ${unknown}.`);
  const ids = limitedList(query, 'ShipmentIdList', 999);
  if (kind === 'SHIPMENT') {
    if (statuses.length + ids.length === 0)
      throw invalid('ShipmentStatusList or ShipmentIdList is required with QueryType SHIPMENT.');
    return { marketplaceId, statuses, ids, after: null, before: null, offset: 0 };
  }
  const [after, before] = [instantParam(query, 'LastUpdatedAfter'), instantParam(query, 'LastUpdatedBefore')];
  if (after === null || before === null)
    throw invalid('LastUpdatedAfter and LastUpdatedBefore are required with QueryType DATE_RANGE.');
  return { marketplaceId, statuses, ids: [], after, before, offset: 0 };
}

function isWithin(instant: string, { after, before }: Query): boolean {
  return (after === null || instant >= after) && (before === null || instant <= before);
}

function pageOf<Entry>(found: readonly Entry[], wanted: Query): { page: Entry[]; token: { NextToken?: string } } {
  const reached = wanted.offset + PAGE;
  return {
    page: found.slice(wanted.offset, reached),
    token: reached < found.length ? { NextToken: sealToken({ ...wanted, offset: reached }) } : {},
  };
}

function shipmentView({ shipment, status }: InboundMoment): object {
  return {
    ShipmentId: shipment.shipment,
    ShipmentName: shipment.name ?? `FBA (${shipment.shipment})`,
    ShipFromAddress: {
      Name: 'Simulated seller',
      AddressLine1: '1 Dock Road',
      City: 'Portland',
      StateOrProvinceCode: 'OR',
      CountryCode: 'US',
      PostalCode: '97201',
    },
    DestinationFulfillmentCenterId: shipment.centre,
    ShipmentStatus: status,
    LabelPrepType: 'SELLER_LABEL',
    AreCasesRequired: false,
    BoxContentsSource: 'INTERACTIVE',
  };
}

function itemView(shipmentId: string, item: InboundItem): object {
  return {
    ShipmentId: shipmentId,
    SellerSKU: item.sku,
    FulfillmentNetworkSKU: item.fnsku,
    QuantityShipped: item.shipped,
    QuantityReceived: item.received,
    QuantityInCase: 0,
    PrepDetailsList: [],
  };
}

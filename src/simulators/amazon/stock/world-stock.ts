/**
 * The stock of a simulated seller, as a person writes it by hand: what lay where at the opening, and then one event a
 * line. Instants are `2026-10-06T18:00:00Z`, days `2026-10-06`, units whole numbers, countries ISO (`GB`).
 *
 * ```json
 * {"opening": [{"sku": "BLU-MUG", "fnsku": "X001BLUMUG", "country": "US", "centre": "PDX9", "units": 40}],
 *  "inbound": [{"shipment": "FBA15DEMO1", "country": "US", "centre": "PDX9", "items": {"BLU-MUG": 30},
 *               "history": [{"at": "2026-10-02T16:00:00Z", "status": "WORKING"},
 *                           {"at": "2026-10-04T16:00:00Z", "status": "SHIPPED"}]}],
 *  "events": [
 *   {"at": "2026-10-06T18:00:00Z", "type": "receive", "sku": "BLU-MUG", "units": 24, "shipment": "FBA15DEMO1"},
 *   {"at": "2026-10-09T18:00:00Z", "type": "convert", "sku": "BLU-MUG", "units": 1, "reason": "E", "into": "WAREHOUSE_DAMAGED"},
 *   {"at": "2026-10-10T18:00:00Z", "type": "adjust", "sku": "BLU-MUG", "units": -2, "reason": "M", "id": "lost"},
 *   {"at": "2026-10-12T18:00:00Z", "type": "adjust", "sku": "BLU-MUG", "units": 1, "reason": "F", "settles": "lost"}]}
 * ```
 *
 * Dispatches of the world's own orders happen by themselves and stand nowhere here. An event that has the name `id` can
 * be meant by others (`withdraw`, `reconcile`, `settles`); a dispatch has the name `SHIPMENTID/SHIPMENTITEMID`.
 */
export interface WorldStock {
  /** The day at whose end the opening stood; the day before the first event unless something stands here. */
  opened?: string;
  opening: StockLine[];
  events?: StockEvent[];
  inbound?: WorldInbound[];
  returns?: WorldReturn[];
  removals?: WorldRemoval[];
  reimbursements?: WorldReimbursement[];
  /** Countries whose units serve the marketplace of another country: `{"PL": "A1PA6795UKMFR9"}`. */
  serves?: Record<string, string>;
}

/** A world's stock with every list there. */
export type StockFacts = Required<Omit<WorldStock, 'opened'>> & Pick<WorldStock, 'opened'>;

/** What may be added while the simulator runs; a line of the opening only for a new SKU or place, with 0 units. */
export type AddedStock = Partial<Omit<WorldStock, 'opened' | 'serves'>>;

/** The ledger's dispositions. */
export const DISPOSITIONS = [
  'SELLABLE',
  'CUSTOMER_DAMAGED',
  'WAREHOUSE_DAMAGED',
  'CARRIER_DAMAGED',
  'DEFECTIVE',
  'DISTRIBUTOR_DAMAGED',
  'EXPIRED',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/**
 * Units of a SKU at a place. Every SKU of an event has a line here, if only with 0 units: its FNSKU, country and centre
 * are those of its first line, unless the event says others. ASIN and title are those of the catalogue where left out.
 */
export interface StockLine {
  sku: string;
  fnsku: string;
  asin?: string;
  title?: string;
  country: string;
  centre: string;
  /** SELLABLE where left out. */
  disposition?: Disposition;
  units: number;
}

/** When and how the rows of something are told. */
export interface Told {
  id?: string;
  /** When it happened; the day of its rows is that of the region's ledger. */
  at: string;
  /** From when the ledger's detail has its rows: from `at` on unless something stands here. `never` makes a gap. */
  inDetail?: string;
  /** From when the ledger's summary counts it: with the detail, unless something stands here, which may be `never`. */
  inSummary?: string;
  /** Told in equal rows of so many units, as cartons are: 24 units in rows of 8 are three rows alike. */
  inRowsOf?: number;
}

/** What is moved, and where it lies. */
export interface Placed extends Told {
  sku: string;
  fnsku?: string;
  country?: string;
  centre?: string;
  disposition?: Disposition;
}

export type StockEvent =
  /** A dispatch that no order of the world tells. */
  | (Placed & { type: 'ship'; units: number })
  /** Units of an inbound shipment, below zero where Amazon takes a receipt back; the shipment may be unknown. */
  | (Placed & { type: 'receive'; units: number; shipment: string })
  /** Units on their way to another centre from `at` to `arrives`: outside the ending balance in between. */
  | (Placed & { type: 'transfer'; units: number; to: string; toCountry?: string; arrives: string })
  /** One adjustment, signed. `settles` names the event whose unreconciled quantity falls by these units. */
  | (Placed & { type: 'adjust'; units: number; reason: string; settles?: string })
  /** Units that change disposition: the reason (`E 6 7 H K U Q`) with −, `P` with +, each under an id of its own. */
  | (Placed & { type: 'convert'; units: number; reason: string; into: Disposition })
  /** Units of one SKU that Amazon holds to be another's: `4` with −, `3` with +. */
  | (Placed & { type: 'redefine'; units: number; into: string })
  /** Units of a removal order that leave the centre, and those of one that are disposed of (`D`). */
  | (Placed & { type: 'remove'; units: number; removal: string; carrier?: string; tracking?: string })
  | (Placed & { type: 'dispose'; units: number; removal?: string })
  | (Told & { type: 'cancel-removal'; units: number; removal: string; sku: string; disposition?: RemovalDisposition })
  /** A row that nothing else makes: an event type or a reason that nobody knows. */
  | (Placed & { type: 'row'; units: number; eventType: string; reason?: string; reference?: string })
  /** From now on all rows, old ones too, carry another title. */
  | (Told & { type: 'retitle'; sku: string; title: string })
  /** Units in the balance that cannot be sold for a while: the inventory API alone tells them. */
  | (Placed & { type: 'hold'; units: number; as: 'researching' | 'processing'; until?: string })
  /** Amazon corrects or pays: the unreconciled quantity of an event falls by so many units, its reconciled one rises. */
  | (Told & { type: 'reconcile'; event: string; units: number })
  /** An event had not happened: from now on its rows stand in no report, and its units in no balance. */
  | (Told & { type: 'withdraw'; event: string })
  /** What happens to an inbound shipment after what its `history` says; and what the seller says of it anew. */
  | (Told & { type: 'inbound-status'; shipment: string; status: InboundStatus })
  | (Told & { type: 'inbound-units'; shipment: string; sku: string; units: number });

/** The model's list for the filter; its list for the answer lacks READY_TO_SHIP. */
export const INBOUND_STATUSES = [
  'WORKING',
  'READY_TO_SHIP',
  'SHIPPED',
  'IN_TRANSIT',
  'DELIVERED',
  'CHECKED_IN',
  'RECEIVING',
  'CLOSED',
  'CANCELLED',
  'DELETED',
  'ERROR',
] as const;
export type InboundStatus = (typeof INBOUND_STATUSES)[number];

/** An inbound shipment. What was received comes from the `receive` events that name it. */
export interface WorldInbound {
  shipment: string;
  name?: string;
  country: string;
  centre: string;
  /** Units shipped by SKU. */
  items: Record<string, number>;
  /** In order of time; the shipment is there from the first on. */
  history: { at: string; status: InboundStatus }[];
}

/** The returns report's words for a unit's state; DAMAGED is Amazon's fault, is paid, and never reaches the ledger. */
export const RETURN_DISPOSITIONS = [
  'SELLABLE',
  'DAMAGED',
  'CUSTOMER_DAMAGED',
  'CARRIER_DAMAGED',
  'DEFECTIVE',
  'EXPIRED',
] as const;

/** A customer's return: a line of the returns report, and a row of the ledger, for each unit. */
export interface WorldReturn extends Omit<Placed, 'disposition' | 'inRowsOf'> {
  order: string;
  /** 1 where left out. */
  units?: number;
  disposition: (typeof RETURN_DISPOSITIONS)[number];
  /** NO_REASON_GIVEN where left out. */
  reason?: string;
  status?: string;
  comments?: string;
  /** The SKU that really came, where the customer sent another thing: the ledger has that one. */
  came?: string;
  /** When the ledger books it, where that is another instant (days may differ by two). */
  ledgerAt?: string;
  /** From when the returns report has it: from `at` on unless something stands here, which may be `never`. */
  inReport?: string;
}

export type RemovalDisposition = 'Sellable' | 'Unsellable';

/** A removal order. What of it was shipped, disposed of or cancelled comes from the events that name it. */
export interface WorldRemoval {
  /** The seller's own text. */
  removal: string;
  at: string;
  /** `Return`, `Disposal`; Amazon's word for a liquidation is not documented. */
  kind: string;
  lines: { sku: string; disposition: RemovalDisposition; units: number; fee?: string }[];
  currency?: string;
}

/** A line of the reimbursements report. Units given in kind are a row of the ledger: `N`, taken back `O`. */
export interface WorldReimbursement extends Omit<Placed, 'disposition' | 'inRowsOf'> {
  /** Several lines may have one. */
  reimbursement: string;
  /** `Lost_Warehouse`, `Damaged_Warehouse`, `CustomerReturn`, `Lost_Inbound`, `CustomerServiceIssue`, … */
  reason: string;
  case?: string;
  order?: string;
  currency: string;
  perUnit: string;
  /** Units paid and units given back in kind, both below zero in a reversal; one of them may be left out. */
  cash?: number;
  inventory?: number;
  /** The reimbursement that this one takes back, and its reason. */
  reverses?: string;
  /** The event whose unreconciled quantity falls by these units. */
  settles?: string;
}

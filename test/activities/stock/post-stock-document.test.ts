/** Documents of stock as NetSuite holds them, to the unit and to the account. SKU-A costs 15.00, SKU-B 9.00; 100 of each are sellable. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { postStockDocument } from '../../../src/activities/stock/post-stock-document.ts';
import type { Adjustment, Receipt, Transfer } from '../../../src/domain/stock/kept-stock.ts';
import { claimAttempt, loadDocument } from '../../../src/store/documents/documents.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { at, CONNECTION, lineOf, openStockPosting, type StockPostingUnderTest } from './stock-posting.ts';

let postgres: FreshPostgres;
let shop: StockPostingUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  for (const table of ['documents', 'stock_document_notes', 'exceptions'] as const)
    await postgres.store.db.deleteFrom(table).execute();
  shop = await openStockPosting(postgres);
});
afterEach(() => shop.close());

const post = (externalId: string) => postStockDocument(shop.connection, { connection: CONNECTION, externalId });
const key = <P extends 'ADJ' | 'TRF' | 'IR'>(purpose: P, businessKey: string) => ({
  connection: CONNECTION,
  purpose,
  businessKey,
  part: 1,
});
const LOST = lineOf('SKU-A', -2, { eventType: 'Adjustments', reason: 'M' });
const FOUND = lineOf('SKU-B', 1, {
  place: at('unsellable'),
  unitCost: '8.50',
  eventType: 'Adjustments',
  reason: 'F',
});
const planAdjustment = (more: Partial<Adjustment> = {}) =>
  shop.plan({
    key: key('ADJ', 'us-20261028-inventory-loss'),
    role: 'inventory-loss',
    accountOf: null,
    lines: [LOST, FOUND],
    ...more,
  });
const planTransfer = (more: Partial<Transfer> = {}) =>
  shop.plan({
    key: key('TRF', 'us-20261028-sellable-unsellable'),
    from: at('sellable'),
    to: at('unsellable'),
    lines: [lineOf('SKU-A', 3), lineOf('SKU-B', 4)],
    ...more,
  });
const planReceipt = (netsuiteId: string, more: Partial<Receipt> = {}) =>
  shop.plan({
    key: key('IR', '113-1-20261028'),
    of: { kind: 'authorisation', netsuiteId },
    lines: [lineOf('SKU-A', 1)],
    ...more,
  });
const writes = async (externalId: string) => (await shop.held(externalId)).head.length;

describe('an adjustment', () => {
  test('books each line at its location on the account of its role, what comes in at its unit cost', async () => {
    const id = await planAdjustment();
    expect(await post(id)).toBe('posted');
    expect(await shop.held(id)).toEqual({
      head: ['InvAdjst 2026-10-28 ADJ us-20261028-inventory-loss 1'],
      lines: ['SKU-A -2 at FBA US (Adjustments M)', 'SKU-B 1 at FBA US unsellable (Adjustments F)'],
    });
    // 2 × 15.00 out, 8.50 in.
    expect([await shop.posted(id, '6300'), await shop.posted(id, '1200')]).toEqual(['21.5', '-21.5']);
    expect([await shop.onHand('sellable'), await shop.onHand('unsellable', 'SKU-B')]).toEqual([98, 1]);
    expect(
      await shop.bare.query(
        'SELECT DISTINCT BUILTIN.DF(tl.department) department FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE t.externalid = ? AND tl.item IS NOT NULL',
        [id],
      ),
    ).toEqual([{ department: 'Warehouse' }]);
    expect(await shop.note(id)).toEqual({ externalId: id, short: false, restocked: null });
  });

  test('that counters one of somebody else posts on the account of that', async () => {
    const theirs = await shop.warehouse.adjust('2026-10-27', {
      quantity: -5,
      more: { account: shop.warehouse.ref('6130') },
    });
    const id = await planAdjustment({
      key: key('ADJ', `us-c${theirs}`),
      accountOf: theirs,
      lines: [lineOf('SKU-A', 5, { unitCost: '15.00' })],
    });
    expect(await post(id)).toBe('posted');
    expect([await shop.posted(id, '6130'), await shop.posted(id, '6300')]).toEqual(['-75', '0']);
  });

  test('that counters what NetSuite no longer has waits for a person', async () => {
    const id = await planAdjustment({ accountOf: '999999' });
    expect(await post(id)).toBe('stopped');
    expect(await shop.open()).toEqual([`netsuite-refused ${id}`]);
    expect(await writes(id)).toBe(0);
  });
});

describe('an adjustment that NetSuite refuses for want of stock', () => {
  const PART_2 = 'AMZ_demo-us_ADJ_us-20261028-inventory-loss_2';
  /** NetSuite's first answer is a refusal (NSHELP section_N3539978, NOT_IN_INVT), which names no line. */
  function postRefusedOnce(externalId: string) {
    const { netsuite } = shop.connection;
    let answers = 0;
    const failure = {
      status: 400,
      title: 'Bad Request',
      details: [{ code: 'USER_ERROR', detail: 'Not currently in inventory.' }],
    };
    const create: typeof netsuite.create = (type, body) =>
      (answers += 1) === 1
        ? Promise.resolve({ outcome: 'rejected', class: 'stock', failure })
        : netsuite.create(type, body);
    return postStockDocument(
      { ...shop.connection, netsuite: { ...netsuite, create } },
      { connection: CONNECTION, externalId },
    );
  }

  test('says no line: the one that NetSuite has too few of waits, the others go ahead', async () => {
    const id = await planAdjustment({ lines: [lineOf('SKU-A', -101), lineOf('SKU-B', -1), FOUND] });
    expect(await postRefusedOnce(id)).toBe('posted');
    expect((await shop.held(PART_2)).lines).toEqual([
      'SKU-B -1 at FBA US',
      'SKU-B 1 at FBA US unsellable (Adjustments F)',
    ]);
    expect(await writes(id)).toBe(0);
    expect((await shop.note(id))?.short).toBe(true);
  });

  test('waits whole where NetSuite has all of it: nobody knows what it refuses', async () => {
    const id = await planAdjustment();
    expect(await postRefusedOnce(id)).toBe('short');
    expect([await writes(id), await writes(PART_2)]).toEqual([0, 0]);
  });
});

describe('a transfer', () => {
  test('takes units from one location to the other and leaves the value of the stock as it is', async () => {
    const id = await planTransfer();
    expect(await post(id)).toBe('posted');
    expect(await shop.held(id)).toEqual({
      head: ['InvTrnfr 2026-10-28 TRF us-20261028-sellable-unsellable 1'],
      lines: [
        'SKU-A -3 at FBA US',
        'SKU-B -4 at FBA US',
        'SKU-A 3 at FBA US unsellable',
        'SKU-B 4 at FBA US unsellable',
      ],
    });
    expect(await shop.posted(id, '1200')).toBe('0');
  });

  test('out of a place that holds less waits without an exception, is tried again, and ends when units have come', async () => {
    const id = await planTransfer({ from: at('inTransit'), to: at('sellable'), lines: [lineOf('SKU-A', 5)] });
    expect(await post(id)).toBe('short');
    expect(await shop.note(id)).toEqual({ externalId: id, short: true, restocked: null });
    expect([await shop.open(), await writes(id)]).toEqual([[], 0]);
    await shop.warehouse.adjust('2026-10-27', { location: 'To Amazon', quantity: 4, unitCost: 15 });
    expect(await post(id)).toBe('short');
    await shop.warehouse.adjust('2026-10-27', { location: 'To Amazon', quantity: 1, unitCost: 15 });
    expect(await post(id)).toBe('posted');
    expect((await shop.note(id))?.short).toBe(false);
  });

  describe('of which one line lacks its units', () => {
    const PART_2 = 'AMZ_demo-us_TRF_us-20261028-sellable-unsellable_2';
    const lines = (a: number, b: number) => [lineOf('SKU-A', a), lineOf('SKU-B', b), lineOf('SKU-A', 2)];
    const answer = (line: number, document: string) => ({
      connection: CONNECTION,
      row_id: `row-${document}-${line}`,
      item: 'SKU-A',
      units: 1,
      kind: 'document' as const,
      document,
      line,
      nothing_group: null,
      nothing_day: null,
      per_sku: 1,
      source: null,
      astride: null,
    });
    const answered = async () =>
      (await postgres.store.db.selectFrom('stock_answers').selectAll().orderBy('id').execute()).map(
        ({ row_id: row, document, line }) => [row.at(-1), document, line],
      );

    test('posts the others as the next part, with what they answer; the line keeps its key and goes once its units are there', async () => {
      await postgres.store.db.deleteFrom('stock_answers').execute();
      const id = await planTransfer({ lines: lines(3, 104) });
      await postgres.store.db
        .insertInto('stock_answers')
        .values([0, 1, 2].map((line) => answer(line, id)))
        .execute();
      expect(await post(id)).toBe('posted');
      expect(await shop.held(PART_2)).toEqual({
        head: ['InvTrnfr 2026-10-28 TRF us-20261028-sellable-unsellable 2'],
        lines: [
          'SKU-A -3 at FBA US',
          'SKU-A -2 at FBA US',
          'SKU-A 3 at FBA US unsellable',
          'SKU-A 2 at FBA US unsellable',
        ],
      });
      expect([await writes(id), await shop.open()]).toEqual([0, []]);
      expect([(await shop.note(id))?.short, (await shop.note(PART_2))?.short]).toEqual([true, false]);
      expect(await answered()).toEqual([
        ['0', PART_2, 0],
        ['1', id, 0],
        ['2', PART_2, 1],
      ]);
      // Again it waits, and nothing is sent twice.
      expect(await post(id)).toBe('short');
      expect(await writes(PART_2)).toBe(1);
      await shop.warehouse.adjust('2026-10-27', { item: 'SKU-B', quantity: 4, unitCost: 9 });
      expect(await post(id)).toBe('posted');
      expect((await shop.held(id)).lines).toEqual(['SKU-B -104 at FBA US', 'SKU-B 104 at FBA US unsellable']);
    });

    test('can be sent by no attempt that had read it whole', async () => {
      const id = await planTransfer({ lines: lines(3, 104) });
      const before = (await loadDocument(postgres.store.db, id))!;
      await post(id);
      expect(await claimAttempt(postgres.store.db, before, '2026-11-20T12:00:00Z')).toBeNull();
    });

    test('is one that NetSuite has already, where a restored store has forgotten it: nothing is split', async () => {
      const id = await planTransfer({ lines: lines(3, 60) });
      expect(await post(id)).toBe('posted');
      await postgres.store.db
        .updateTable('documents')
        .set({ state: 'planned', attempt: 0, netsuite_id: null })
        .execute();
      expect(await post(id)).toBe('posted');
      expect([await writes(id), await writes(PART_2)]).toEqual([1, 0]);
    });
  });

  describe('that takes back one of somebody else', () => {
    const elsewhere = { pool: 'us', place: 'elsewhere' } as const;
    const byHand = (from: string, to: string) =>
      shop.bare.create('inventoryTransfer', {
        subsidiary: { id: '1' },
        location: shop.warehouse.ref(from),
        transferLocation: shop.warehouse.ref(to),
        tranDate: '2026-10-27',
        inventory: { items: [{ item: shop.warehouse.ref('SKU-A'), adjustQtyBy: 3 }] },
      });

    test('brings units back from where that took them, and touches no account of cost', async () => {
      const theirs = await byHand('FBA US', 'Warehouse');
      const id = await planTransfer({
        key: key('TRF', `us-c${theirs}`),
        from: elsewhere,
        to: at('sellable'),
        elsewhereOf: theirs,
        lines: [lineOf('SKU-A', 3)],
      });
      expect(await post(id)).toBe('posted');
      expect((await shop.held(id)).lines).toEqual(['SKU-A -3 at Warehouse', 'SKU-A 3 at FBA US']);
      expect([await shop.onHand('sellable'), await shop.onHand('source')]).toEqual([100, 0]);
      expect([await shop.posted(id, '1200'), await shop.posted(id, '6300')]).toEqual(['0', '0']);
    });

    test('takes back a counter that is alone by the location which that names', async () => {
      const theirs = await byHand('FBA US', 'Warehouse');
      const id = await planTransfer({
        key: key('TRF', `us-c${theirs}`),
        from: at('sellable'),
        to: elsewhere,
        elsewhereOf: theirs,
        lines: [lineOf('SKU-A', 2)],
      });
      expect(await post(id)).toBe('posted');
      expect([await shop.onHand('sellable'), await shop.onHand('source')]).toEqual([95, 5]);
    });

    test('waits where its units are gone from there, and says so', async () => {
      const theirs = await byHand('FBA US', 'Warehouse');
      await shop.warehouse.adjust('2026-10-27', { location: 'Warehouse', quantity: -1 });
      const id = await planTransfer({
        from: elsewhere,
        to: at('sellable'),
        elsewhereOf: theirs,
        lines: [lineOf('SKU-A', 3)],
      });
      expect(await post(id)).toBe('short');
      expect([(await shop.note(id))?.short, await writes(id)]).toEqual([true, 0]);
    });

    test('waits for a person where NetSuite no longer has it', async () => {
      const id = await planTransfer({
        from: elsewhere,
        to: at('sellable'),
        elsewhereOf: '999999',
        lines: [lineOf('SKU-A', 3)],
      });
      expect(await post(id)).toBe('stopped');
      expect(await shop.open()).toEqual([`netsuite-refused ${id}`]);
      expect(await writes(id)).toBe(0);
    });

    test('waits for a person where both of its ends are at places of the pools: it is countered between these', async () => {
      const theirs = await byHand('FBA US', 'FBA US unsellable');
      const id = await planTransfer({
        from: elsewhere,
        to: at('sellable'),
        elsewhereOf: theirs,
        lines: [lineOf('SKU-A', 3)],
      });
      expect(await post(id)).toBe('stopped');
      expect(await writes(id)).toBe(0);
    });
  });

  test('that a restored store has forgotten is found, though its place is empty since', async () => {
    const id = await planTransfer({ lines: [lineOf('SKU-A', 100)] });
    expect(await post(id)).toBe('posted');
    await postgres.store.db.updateTable('documents').set({ state: 'planned', attempt: 0, netsuite_id: null }).execute();
    expect(await shop.onHand('sellable')).toBe(0);
    expect(await post(id)).toBe('posted');
    expect(await writes(id)).toBe(1);
  });
});

describe('an item receipt', () => {
  test('of an authorisation names the units that came, at their place; the other lines stay open', async () => {
    const authorisation = await shop.authorised();
    const id = await planReceipt(authorisation, { lines: [lineOf('SKU-A', 2, { place: at('unsellable') })] });
    expect(await post(id)).toBe('posted');
    expect(await shop.held(id)).toEqual({
      head: ['ItemRcpt 2026-10-28 IR 113-1-20261028 1'],
      lines: ['SKU-A 2 at FBA US unsellable'],
    });
    expect([await shop.posted(id, '1200'), await shop.posted(id, '5000')]).toEqual(['30', '-30']);
    expect(
      await shop.bare.query(
        "SELECT quantityshiprecv received FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
        [authorisation],
      ),
    ).toEqual([{ received: '2' }, { received: '0' }]);
    expect(await shop.note(id)).toEqual({ externalId: id, short: false, restocked: true });
  });

  test('spreads its units over the lines of the item', async () => {
    const { goods } = shop.warehouse;
    const authorisation = await shop.authorised([goods('SKU-A', 1, 40), goods('SKU-B', 1, 20), goods('SKU-A', 2, 80)]);
    const id = await planReceipt(authorisation, { lines: [lineOf('SKU-A', 3)] });
    expect(await post(id)).toBe('posted');
    expect((await shop.held(id)).lines).toEqual(['SKU-A 1 at FBA US', 'SKU-A 2 at FBA US']);
  });

  test('of a kit by the units of its members receives the kit', async () => {
    const authorisation = await shop.authorised([shop.warehouse.goods('GIFT-SET', 3, 150)]);
    const id = await planReceipt(authorisation, { lines: [lineOf('SKU-A', 4), lineOf('SKU-B', 2)] });
    expect(await post(id)).toBe('posted');
    expect((await shop.held(id)).lines).toEqual(['SKU-A 4 at FBA US', 'SKU-B 2 at FBA US']);
    expect((await shop.note(id))?.restocked).toBe(true);
  });

  test('of a transfer order takes what is under way', async () => {
    const { ref } = shop.warehouse;
    await shop.warehouse.adjust('2026-10-02', { location: 'Warehouse', quantity: 30, unitCost: 15 });
    await shop.warehouse.adjust('2026-10-02', { item: 'SKU-B', location: 'Warehouse', quantity: 6, unitCost: 9 });
    const order = await shop.bare.create('transferOrder', {
      subsidiary: { id: '1' },
      location: ref('Warehouse'),
      transferLocation: ref('FBA US'),
      tranDate: '2026-10-10',
      orderStatus: { id: 'B' },
      item: {
        items: [
          { item: ref('SKU-B'), quantity: 1 },
          { item: ref('SKU-A'), quantity: 30 },
        ].slice(1),
      },
    });
    await shop.bare.create(`transferOrder/${order}/!transform/itemFulfillment`, {
      tranDate: '2026-10-11',
      shipStatus: { id: 'C' },
    });
    const id = await planReceipt(order, {
      key: key('IR', 'FBA15DEMO1-20261028'),
      of: { kind: 'transfer-order', netsuiteId: order },
      lines: [lineOf('SKU-A', 24)],
    });
    expect(await post(id)).toBe('posted');
    expect((await shop.held(id)).lines).toEqual(['SKU-A 24 at FBA US']);
    expect([await shop.onHand('sellable'), await shop.onHand('sellable', 'SKU-B')]).toEqual([124, 100]);
    expect((await shop.note(id))?.restocked).toBe(true);
  });

  test('that NetSuite writes off is posted and noted: its units did not rise', async () => {
    await shop.admin('/admin/switches', { restock: false });
    const id = await planReceipt(await shop.authorised());
    expect(await post(id)).toBe('posted');
    expect(await shop.note(id)).toEqual({ externalId: id, short: false, restocked: false });
    expect(await shop.onHand('sellable')).toBe(97);
    // Asked again, it says the same.
    expect(await post(id)).toBe('posted');
    expect((await shop.note(id))?.restocked).toBe(false);
  });

  test('of more than is open, or of what the authorisation does not have, waits for a person', async () => {
    const authorisation = await shop.authorised();
    const more = await planReceipt(authorisation, { lines: [lineOf('SKU-A', 4)] });
    const other = await planReceipt(authorisation, { key: key('IR', '113-2-20261028'), lines: [lineOf('SKU-B', 1)] });
    expect([await post(more), await post(other)]).toEqual(['stopped', 'stopped']);
    expect((await shop.open()).sort()).toEqual([`netsuite-refused ${more}`, `netsuite-refused ${other}`]);
    expect([await writes(more), await writes(other)]).toEqual([0, 0]);
  });
});

describe('exactly once', () => {
  const planned = async (): Promise<string[]> => {
    const authorisation = await shop.authorised();
    return [await planAdjustment(), await planTransfer(), await planReceipt(authorisation)];
  };
  const states = async () =>
    (await postgres.store.db.selectFrom('documents').select('state').execute()).map(({ state }) => state);

  test('an answer that is lost after NetSuite has saved is found and compared', async () => {
    const ids = await planned();
    await shop.admin('/faults', { kind: 'lost-after-commit', times: 3, match: { externalId: '_1$' } });
    for (const id of ids) {
      await expect(post(id)).rejects.toMatchObject({ type: 'NETSUITE_UNKNOWN' });
      expect(await post(id)).toBe('posted');
      expect(await writes(id)).toBe(1);
    }
    expect((await shop.note(ids[2]!))?.restocked).toBe(true);
    expect([await states(), await shop.open()]).toEqual([['posted', 'posted', 'posted'], []]);
  });

  test('a call that NetSuite never got is sent again under its key after the last wait', async () => {
    const ids = await planned();
    await shop.admin('/faults', { kind: 'lost-before-commit', times: 3, match: { externalId: '_1$' } });
    for (const id of ids) await expect(post(id)).rejects.toMatchObject({ type: 'NETSUITE_UNKNOWN' });
    for (const id of ids) await expect(post(id)).rejects.toMatchObject({ type: 'NETSUITE_UNKNOWN' });
    shop.wait(11 * 60_000);
    for (const id of ids) expect([await post(id), await writes(id)]).toEqual(['posted', 1]);
  });

  test('what is posted is not sent again', async () => {
    for (const id of await planned()) {
      expect([await post(id), await post(id), await writes(id)]).toEqual(['posted', 'posted', 1]);
    }
  });

  test('a receipt of one of two lines is recognised, though less is open by it', async () => {
    const { goods } = shop.warehouse;
    const id = await planReceipt(await shop.authorised([goods('SKU-A', 1, 40), goods('SKU-A', 1, 40)]), {
      lines: [lineOf('SKU-A', 2)],
    });
    await shop.admin('/faults', { kind: 'lost-after-commit', match: { externalId: '_1$' } });
    await expect(post(id)).rejects.toMatchObject({ type: 'NETSUITE_UNKNOWN' });
    expect([await post(id), await writes(id)]).toEqual(['posted', 1]);
  });
});

describe('somebody else under our key', () => {
  const body = (more: object) => ({
    subsidiary: { id: '1' },
    tranDate: '2026-10-28',
    ...more,
  });
  async function differs(id: string): Promise<string | undefined> {
    expect(await post(id)).toBe('stopped');
    expect(await shop.open()).toEqual([`document-differs ${id}`]);
    const exception = await postgres.store.db.selectFrom('exceptions').selectAll().executeTakeFirstOrThrow();
    expect([exception.subject_kind, exception.subject_id]).toEqual(['document', id]);
    return exception.what;
  }

  test('an adjustment with the opposite sign differs; removed, ours is posted and the exception ends', async () => {
    const { ref } = shop.warehouse;
    const id = await planAdjustment({ lines: [LOST] });
    const theirs = await shop.bare.create(
      'inventoryAdjustment',
      body({
        externalId: id,
        memo: 'ADJ us-20261028-inventory-loss 1',
        account: ref('6300'),
        adjLocation: ref('FBA US'),
        inventory: { items: [{ item: ref('SKU-A'), location: ref('FBA US'), adjustQtyBy: 2, unitCost: 15 }] },
      }),
    );
    expect(await differs(id)).toContain('quantity 2 for -2');
    await shop.bare.call('DELETE', `/record/v1/inventoryAdjustment/${theirs}`);
    expect(await post(id)).toBe('posted');
    expect([await shop.open(), (await shop.held(id)).lines]).toEqual([[], ['SKU-A -2 at FBA US (Adjustments M)']]);
  });

  test('an adjustment on another account differs', async () => {
    const { ref } = shop.warehouse;
    const id = await planAdjustment({ lines: [LOST] });
    await shop.bare.create(
      'inventoryAdjustment',
      body({
        externalId: id,
        memo: 'ADJ us-20261028-inventory-loss 1',
        account: ref('6130'),
        adjLocation: ref('FBA US'),
        inventory: { items: [{ item: ref('SKU-A'), location: ref('FBA US'), adjustQtyBy: -2 }] },
      }),
    );
    expect(await differs(id)).toContain('account');
  });

  test('a transfer the other way differs', async () => {
    const { ref } = shop.warehouse;
    await shop.warehouse.adjust('2026-10-02', { location: 'FBA US unsellable', quantity: 5, unitCost: 15 });
    const id = await planTransfer({ lines: [lineOf('SKU-A', 3)] });
    await shop.bare.create(
      'inventoryTransfer',
      body({
        externalId: id,
        memo: 'TRF us-20261028-sellable-unsellable 1',
        location: ref('FBA US unsellable'),
        transferLocation: ref('FBA US'),
        inventory: { items: [{ item: ref('SKU-A'), adjustQtyBy: 3 }] },
      }),
    );
    expect(await differs(id)).toContain('quantity');
  });

  test('a receipt of other units differs', async () => {
    const authorisation = await shop.authorised();
    const id = await planReceipt(authorisation, { lines: [lineOf('SKU-A', 2)] });
    await shop.bare.create(`returnAuthorization/${authorisation}/!transform/itemReceipt`, {
      externalId: id,
      memo: 'IR 113-1-20261028 1',
      tranDate: '2026-10-28',
      item: { items: [{ orderLine: (await shop.warehouse.lineIds(authorisation))[0], quantity: 1 }] },
    });
    expect(await differs(id)).toContain('quantity 1 for 2');
  });
});

describe('what NetSuite does not take', () => {
  test('of a period that is locked waits, or is booked on the first open day after it', async () => {
    const id = await planAdjustment({ day: '2026-09-30' });
    expect(await post(id)).toBe('stopped');
    expect(await shop.open()).toEqual([`period-closed ${id}`]);
    shop.connection.settings.closedPeriod = 'first-open-day';
    expect(await post(id)).toBe('posted');
    expect((await shop.held(id)).head).toEqual([
      'InvAdjst 2026-10-01 ADJ us-20261028-inventory-loss 1 · true day 2026-09-30',
    ]);
    expect(await shop.open()).toEqual([]);
  });

  test('for another reason than stock is one exception, which ends when it is posted', async () => {
    const id = await planTransfer();
    await shop.admin('/faults', { kind: 'workflow-lock', times: 2, match: { externalId: '_TRF_' } });
    expect([await post(id), await post(id)]).toEqual(['stopped', 'stopped']);
    expect(await shop.open()).toEqual([`netsuite-refused ${id}`]);
    expect((await shop.note(id))?.short).toBe(false);
    expect(await post(id)).toBe('posted');
    expect(await shop.open()).toEqual([]);
  });

  test('for want of stock, in its own words, is short', async () => {
    const id = await planAdjustment();
    const detail = 'Item not currently in inventory at this location.';
    const { create } = shop.connection.netsuite;
    shop.connection.netsuite.create = async () => ({
      outcome: 'rejected',
      class: 'stock',
      failure: { status: 400, title: '', details: [{ code: 'USER_ERROR', detail }] },
    });
    expect(await post(id)).toBe('short');
    expect([(await shop.note(id))?.short, await shop.open()]).toEqual([true, []]);
    shop.connection.netsuite.create = create;
    expect([await post(id), (await shop.note(id))?.short]).toEqual(['posted', false]);
  });
});

describe('nothing is sent', () => {
  test('while a document is held', async () => {
    const id = await planAdjustment({ hold: 'adjustment-large' });
    expect([await post(id), await writes(id), await shop.note(id)]).toEqual(['planned', 0, null]);
  });

  test('in posting: plan', async () => {
    shop.connection.settings.posting = 'plan';
    const id = await planTransfer({ lines: [lineOf('SKU-A', 1000)] });
    expect([await post(id), await writes(id), await shop.note(id)]).toEqual(['planned', 0, null]);
  });

  test('where the settings name what NetSuite does not have', async () => {
    await expect(post(await planAdjustment({ lines: [lineOf('SKU-OLD', -1)] }))).rejects.toMatchObject({
      type: 'SETTING_UNKNOWN',
    });
    const elsewhere = { pool: 'eu', place: 'sellable' as const };
    const id = await planAdjustment({
      key: key('ADJ', 'eu-1'),
      lines: [lineOf('SKU-A', -1, { place: elsewhere })],
    });
    await expect(post(id)).rejects.toMatchObject({ type: 'SETTING_UNKNOWN', details: ['stock.pools (eu)'] });
  });
});

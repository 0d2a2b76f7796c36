/** Signatures are held against their hashes, one against the other and against the audit log; a signed month's carries are the signature's. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canonicalJson } from '../../../src/domain/proof/canonical-json.ts';
import { recordAudit } from '../../../src/store/audit/audit-log.ts';
import { recordCarry, recordSignature, signaturesOf } from '../../../src/store/period/closes.ts';
import { brokenSignatures, standingOfBroken } from '../../../src/store/period/signature-chain.ts';
import { auditVerifiedView } from '../../../src/views/audit/audit-log-view.ts';
import { carriedOfMonth } from '../../../src/views/period/carried-of-month.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const AT = '2026-11-04T09:00:00Z';
let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const connection = 'demo-us';
const stored = () => signaturesOf(postgres.store.db, connection);
const found = async () => {
  const { stands, signatures } = await auditVerifiedView({ store: postgres.store }, null);
  return [stands, signatures.map(({ period, number, what }) => `${number} of ${period} ${what}`)];
};

async function sign(period: string, previous: string | null): Promise<string> {
  const { db } = postgres.store;
  const carried = [{ item: 'stock', currency: null, amount: '3', by: 'maria', why: 'counted', at: AT }];
  const items = [{ name: 'costs', currency: 'USD', state: 'ties', figure: '6649.83', carried: '' }];
  const document = canonicalJson({ period, items, carried, signer: 'maria', comment: 'ok', at: AT, previous });
  const hash = createHash('sha256').update(document).digest('hex');
  const of = { by: 'maria', why: 'ok', at: AT };
  const audit = await recordAudit(db, connection, { action: 'sign-off', detail: { period, number: 1, hash }, ...of });
  const said = { period, number: 1, document, hash, late: [], signer: 'maria', comment: 'ok', audit, at: AT };
  await recordSignature(db, connection, said);
  return hash;
}
const rewrite = (statement: string) =>
  postgres.asOwner(
    `alter table close_signatures disable trigger signature_stays; ${statement}; alter table close_signatures enable trigger signature_stays`,
  );

test('signatures as they were given stand', async () => {
  await sign('2026-11', await sign('2026-10', null));
  expect(await found()).toEqual([true, []]);
  expect(standingOfBroken(await stored(), '2026-10')).toBeNull();
});

test("what a signed month carried is the signature's, whatever is written behind it", async () => {
  const { db } = postgres.store;
  const [october] = await stored();
  const row = { item: 'stock', currency: null, by: 'nobody', why: 'tampered', at: AT, audit: 1 } as const;
  await recordCarry(db, connection, '2026-10', { ...row, amount: 9n });
  await recordCarry(db, connection, '2026-10', { ...row, amount: 3n });
  expect(await carriedOfMonth(db, connection, '2026-10', october!)).toEqual([
    { item: 'stock', currency: null, amount: 3n, by: 'maria', why: 'counted', at: AT },
  ]);
  // Of a month that is not signed the last word counts, once.
  expect(await carriedOfMonth(db, connection, '2026-10', null)).toMatchObject([{ amount: 3n, by: 'nobody' }]);
  // A signature of before has the amount alone: then the rows of just that amount.
  const before = { document: canonicalJson({ items: [{ name: 'stock', currency: null, carried: '3' }] }) };
  expect(await carriedOfMonth(db, connection, '2026-10', before)).toMatchObject([{ amount: 3n }]);
  const other = { document: canonicalJson({ items: [{ name: 'stock', currency: null, carried: '4' }] }) };
  expect(await carriedOfMonth(db, connection, '2026-10', other)).toEqual([]);
});

test('a document that was written anew is found, and its month no longer stands as signed', async () => {
  await rewrite(
    `update close_signatures set document = replace(document, '6649.83', '6000.00') where period = '2026-10'`,
  );
  const what = 'is not the hash of what stands as signed: one of both was written anew';
  expect(await found()).toEqual([false, [`1 of 2026-10 ${what}`]]);
  expect(standingOfBroken(await stored(), '2026-10')).toEqual({
    kind: 'changed',
    differences: [`signature 1 ${what}`],
  });
  expect(standingOfBroken(await stored(), '2026-11')).toBeNull();
});

test('so is one that was given a hash of its own: the next one and the audit log name another', async () => {
  await rewrite(
    `update close_signatures set hash = encode(sha256(convert_to(document, 'UTF8')), 'hex') where period = '2026-10'`,
  );
  expect(await found()).toEqual([
    false,
    ['1 of 2026-11 does not follow the signature before it', '1 of 2026-10 is another one than the audit log has'],
  ]);
  expect(brokenSignatures(await stored())).toHaveLength(1);
});

test('one that is gone is found by the audit log', async () => {
  await rewrite(`delete from close_signatures where period = '2026-11'`);
  expect(await found()).toEqual([
    false,
    ['1 of 2026-10 is another one than the audit log has', '1 of 2026-11 is gone, and the audit log has it'],
  ]);
});

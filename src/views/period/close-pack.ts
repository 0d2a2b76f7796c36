/**
 * The close pack of a month (close.md, *Close pack*): what was signed and what it stands on, for an auditor. Same facts, same
 * bytes: ages, and when anything was worked out, are not in it. No personal data: orders are known by their numbers.
 */
import { renderClose, renderOpenItems, renderSigned } from '../../domain/period/render-close.ts';
import { lastDayOf, renderPeriod } from '../../domain/period/calendar.ts';
import type { Close } from '../../domain/period/close.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { accountOf } from '../../config/connection.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { People } from '../../domain/people/roles.ts';
import {
  loadClose,
  signaturesOf,
  standingSignatures,
  type Signature,
  type StoredClose,
} from '../../store/period/closes.ts';
import { columnsOf, type Evidence, type EvidenceTable } from '../../domain/proof/evidence.ts';
import type { ConnectionSource } from '../view-source.ts';
import { standingOfBroken } from '../../store/period/signature-chain.ts';
import { carriedOfMonth } from './carried-of-month.ts';
import { loadBroughtForward } from './carried-before.ts';
import { accrualTables } from './pack/accruals.ts';
import { figureTables } from './pack/figures.ts';
import { journalTables } from './pack/journals.ts';
import { payoutTables } from './pack/payouts.ts';
import { peopleTables } from './pack/people.ts';
import { profitTables } from './pack/profit.ts';
import { signatureFiles, signatureTable } from './pack/signatures.ts';
import { sourceTable } from './pack/sources.ts';
import { stockTables } from './pack/stock.ts';

/** Null where the month has not been worked out. */
export async function closePack(source: ConnectionSource, people: People, period: string): Promise<Evidence | null> {
  const { db } = source.store;
  const { name } = source.settings;
  const stored = await loadClose(db, name, period);
  if (stored === null) return null;
  const all = await signaturesOf(db, name);
  const signatures = all.filter((one) => one.period === period);
  const brought = await loadBroughtForward(db, name, period);
  const standing = standingSignatures(all).get(period) ?? null;
  const carried = await carriedOfMonth(db, name, period, standing);
  const broken = standingOfBroken(all, period);
  const month = { connection: name, period, homeZone: timeZoneOf(source.settings, null) };
  return {
    name: `close-${name}-${period}`,
    title: `Close of ${renderPeriod(period)}, ${name}`,
    says: [
      ...standingSentences({ ...stored, standing: broken ?? stored.standing }, standing),
      carried.length === 0 ? 'Nothing was carried.' : 'What was carried stands first.',
      ...(brought.length === 0 ? [] : ['What earlier months carried and is not gone heads its item.']),
    ],
    tables: [
      ...figureTables(stored.close, carried, brought),
      lateTable(stored.close),
      signatureTable(signatures),
      ...(await payoutTables(db, month)),
      ...(await journalTables(db, month, (...of) => accountOf(source.settings, ...of))),
      ...(await stockTables(db, source.settings, lastDayOf(period))),
      ...(await accrualTables(db, month)),
      ...(await profitTables(source, period)),
      ...(await peopleTables(db, month, people)),
      await sourceTable(db, month),
    ],
    files: signatureFiles(signatures),
  };
}

function standingSentences({ close, standing }: StoredClose, signature: Signature | null): string[] {
  if (signature === null) return ['Not signed.', renderClose(close), ...renderOpenItems(close)];
  return [
    `${capitalised(renderSigned(signature, standing))}.`,
    ...(standing?.kind === 'changed' ? standing.differences : []),
    `Signature ${signature.hash}.`,
  ];
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function lateTable({ late }: Close): EvidenceTable {
  return {
    name: 'late-facts',
    title: 'Booked in a later month',
    note: 'Documents whose own day lies in the month, and that NetSuite has in a later one.',
    columns: columnsOf('Document', 'Its own day', 'Booked on', 'Currency', '>Amount'),
    rows: late.map(({ document, day, bookedOn, currency, amount }) => [
      document,
      day,
      bookedOn,
      currency,
      formatMinor(amount, currency),
    ]),
  };
}

/** What held the month up and how it ended, who decided what and why, and who may. */
import { formatMinor } from '../../../domain/money/money.ts';
import type { People } from '../../../domain/people/roles.ts';
import { auditOfMonth } from '../../../store/audit/audit-chain.ts';
import type { Database } from '../../../store/database.ts';
import { exceptionsBetween } from '../../../store/exceptions/exceptions.ts';
import { aboutOf } from '../../audit/audit-log-view.ts';
import { columnsOf, type EvidenceTable } from '../../../domain/proof/evidence.ts';
import { spanOf, type MonthOfPack } from './month.ts';

export async function peopleTables(db: Database, month: MonthOfPack, people: People): Promise<EvidenceTable[]> {
  const { connection, period } = month;
  const span = spanOf(month);
  const exceptions = await exceptionsBetween(db, connection, span.from, span.until);
  const decisions = await auditOfMonth(db, connection, { ...span, period });
  return [
    {
      name: 'exceptions',
      title: 'Exceptions',
      note: 'Those that were open at any moment of the month, and how each ended.',
      columns: columnsOf('Number', 'Code', 'What', '>At stake', 'Currency', 'Owner', 'Opened', 'Ended', 'How'),
      rows: exceptions.map(({ id, code, evidence, owner, openedAt, closedAt, resolution }) => [
        String(id),
        code,
        evidence.what,
        evidence.atStake === null || evidence.currency === null ? '' : formatMinor(evidence.atStake, evidence.currency),
        evidence.currency ?? '',
        owner,
        openedAt,
        closedAt ?? 'open',
        resolution ?? '',
      ]),
    },
    {
      name: 'decisions',
      title: 'Decisions',
      note: 'The audit log of the month, changes of rules among them, and what was decided about its close later.',
      columns: columnsOf('Entry', 'At', 'By', 'Did', 'About', 'Why', 'SHA-256'),
      rows: decisions.map(({ id, at, by, action, detail, why, hash }) => [
        String(id),
        `${at.slice(0, 19)}Z`,
        by,
        action,
        aboutOf(detail),
        why ?? '',
        hash,
      ]),
    },
    {
      name: 'people',
      title: 'People',
      note: people === null ? 'The configuration names nobody: everyone may do everything.' : null,
      columns: columnsOf('Name', 'Roles'),
      rows: [...(people ?? [])].map(([name, roles]) => [name, roles.join(', ')]).sort(byFirst),
    },
  ];
}

const byFirst = ([a = '']: readonly string[], [b = '']: readonly string[]) => (a < b ? -1 : 1);

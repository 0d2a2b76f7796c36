import { poolsOf } from '../../config/stock-policy.ts';
import type { DimensionRule } from '../../domain/mapping/dimensions.ts';
import type { Pool } from '../../domain/stock/pools.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { forgetFound } from '../../store/stock/planning-inputs.ts';
import type { Connection } from '../connection.ts';
import { CLOSE_SETTING, refusedClose } from '../period/refused-close.ts';
import { judgeAllPrices } from '../tax/judge-prices.ts';
import { releaseHeld } from '../tax/stopped-marketplace.ts';
import { taxItemProblems } from '../tax/tax-item-problems.ts';

/**
 * What a connection's settings name and NetSuite does not have, or has otherwise, looked for before anything is posted:
 * accounts, items, customers, locations, the vendor; the accounts of tax items beside those of the settings; where months are
 * closed, NetSuite's periods beside calendar months. Nothing is ever created there. Reads only, but for the exceptions. What stock found before is found anew: the rules may be those of another
 * version. The prices of marketplaces with tax are tried on settled sales (tax.md, *Proof*).
 */
export async function checkConnection(connection: Connection): Promise<{ problems: string[]; prices: string[] }> {
  await forgetFound(connection.db, connection.name);
  const missing = await missingNames(connection);
  const ofTax = await taxItemProblems(connection);
  const ofClose = [...accrualProblems(connection), ...(await periodProblems(connection))];
  const problems = new Map([
    ...missing.map((name): [string, Problem] => [
      name,
      {
        what: `NetSuite account ${connection.settings.netsuite.account} has no ${name}, which the configuration names`,
        where: 'Create it in NetSuite, or mend tieout.config.yaml and start again',
      },
    ]),
    ...ofClose,
    ...[...ofTax].map(([jurisdiction, what]): [string, Problem] => [
      `tax.items.${jurisdiction}`,
      { what, where: "Mend the item's income account in NetSuite, or tieout.config.yaml, and start again" },
    ]),
  ]);
  for (const key of await openKeys(connection.db, connection.name, 'setting-unknown')) {
    if (!problems.has(key)) await connection.resolve('setting-unknown', key, 'NetSuite has it now');
  }
  for (const [setting, { what, where }] of problems) {
    await connection.raise({
      code: 'setting-unknown',
      subject: { kind: 'setting', id: setting },
      remedy: { kind: 'set-up', where },
      evidence: { what, atStake: null, currency: null },
    });
  }
  const prices = await judgeAllPrices(connection);
  if (connection.settings.tax !== undefined) await releaseHeld(connection);
  return { problems: [...missing, ...ofClose.map(([, { what }]) => what), ...ofTax.values()], prices };
}

/** The close alone is refused, all else goes on (close.md, *The period*). */
async function periodProblems(connection: Connection): Promise<[string, Problem][]> {
  const refused = await refusedClose(connection);
  if (refused === null) return [];
  return [
    [
      CLOSE_SETTING,
      {
        what: `${refused}; no month is closed, all else goes on`,
        where:
          'Give NetSuite calendar months as base periods, or take close out of tieout.config.yaml, and start again',
      },
    ],
  ];
}

/** What is unsettled at a month's end is accrued on an account of its own (close.md, *Accruals*). */
function accrualProblems({ name, settings }: Connection): [string, Problem][] {
  if (settings.close?.accruals !== true || settings.accounts['accrued'] !== undefined) return [];
  return [
    [
      'accounts.accrued',
      {
        what: `${name} closes months with accruals, and its configuration names no account for the role accrued`,
        where: 'Set accounts.accrued in tieout.config.yaml, or close.accruals: false, and start again',
      },
    ],
  ];
}

interface Problem {
  what: string;
  /** What to do. */
  where: string;
}

async function missingNames({ settings, netsuite }: Connection): Promise<string[]> {
  const { lookups } = netsuite;
  const checks: Promise<string | null>[] = [];
  const check = (what: string, look: Promise<object | null>) =>
    checks.push(
      look.then((found) =>
        found === null
          ? what
          : 'inactive' in found && found.inactive === true
            ? `active ${what} (it is inactive)`
            : null,
      ),
    );
  // Those of a jurisdiction's tax (`input-tax:GB`) among them.
  for (const role of Object.keys(settings.accounts)) {
    const configured = settings.accounts[role];
    for (const number of typeof configured === 'string' ? [configured] : Object.values(configured ?? {}))
      check(`account ${number} (${role})`, lookups.accountByNumber(number));
  }
  for (const [name, item] of Object.entries(settings.items)) check(`item ${item} (${name})`, lookups.itemByName(item));
  for (const place of settings.tax?.registrations ?? []) {
    const item = settings.tax!.items[place]!;
    check(`item ${item} (tax.items.${place})`, lookups.itemByName(item));
  }
  for (const { customer, location } of settings.marketplaces) {
    check(`customer ${customer}`, lookups.entityByName('customer', customer));
    check(`location ${location}`, lookups.locationByName(location));
  }
  for (const name of settings.stock ? new Set(poolsOf(settings.stock).flatMap(placesOf)) : [])
    check(`location ${name}`, lookups.locationByName(name));
  const { department, class: classes, location } = settings.dimensions;
  for (const name of namesOf(department)) check(`department ${name}`, lookups.departmentByName(name));
  for (const name of namesOf(classes)) check(`class ${name}`, lookups.classByName(name));
  for (const name of namesOf(location)) check(`location ${name}`, lookups.locationByName(name));
  check(`vendor ${settings.vendor}`, lookups.entityByName('vendor', settings.vendor));
  if (settings.netsuite.subsidiary !== undefined)
    check(`subsidiary ${settings.netsuite.subsidiary}`, lookups.subsidiaryByName(settings.netsuite.subsidiary));
  return [...new Set((await Promise.all(checks)).flatMap((problem) => (problem === null ? [] : [problem])))];
}

const placesOf = ({ locations }: Pool): string[] => Object.values(locations);

function namesOf(rule: DimensionRule | undefined): Set<string> {
  return new Set(
    [rule?.default, ...Object.values(rule?.byMarketplace ?? {}), ...Object.values(rule?.byRole ?? {})].filter(
      (name) => name !== undefined,
    ),
  );
}

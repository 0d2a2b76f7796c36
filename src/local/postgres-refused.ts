import { TieoutError } from '../errors/tieout-error.ts';

export const OWN_POSTGRES = 'set DATABASE_URL to a Postgres of your own';

export function postgresRefused(what: string, where: string, ...act: string[]): TieoutError {
  return new TieoutError({
    code: 'postgres',
    what,
    notDone: 'Nothing was started.',
    where: [where],
    do: act.length === 0 ? [OWN_POSTGRES] : act,
  });
}

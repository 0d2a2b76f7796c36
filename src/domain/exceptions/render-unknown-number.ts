import { TieoutError } from '../../errors/tieout-error.ts';

/** That no exception has this number. */
export function unknownNumber(number: number): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `There is no exception ${number}.`,
    notDone: 'Nothing was done.',
    where: [],
    do: ['npx tieout exceptions lists those that are open'],
  });
}

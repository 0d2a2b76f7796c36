import { renderCount } from '../money/render-amount.ts';

/** What a look at posted documents found. */
export function renderSweep(read: number, altered: number): string {
  const documents = `${renderCount(read)} ${read === 1 ? 'document' : 'documents'}`;
  return altered === 0
    ? `${documents} read back: NetSuite holds what was posted.`
    : `${documents} read back: ${renderCount(altered)} altered in NetSuite, named under \`npx tieout exceptions\`.`;
}

/** What a look at one document found. */
export function renderReadBack(externalId: string, altered: number): string {
  return altered === 0
    ? `NetSuite holds ${externalId} as it was posted`
    : `NetSuite still does not hold ${externalId} as it was posted`;
}

/** Open return authorisations, by the order that they are about. */
import { parseExternalId, parseRefundKey } from '../identifiers/external-id.ts';
import { isAmazonOrderId } from '../identifiers/multi-channel.ts';
import type { OpenAuthorisation } from './stock-plan.ts';

/** A line of one, as NetSuite has it. */
export interface AuthorisationLine extends Omit<OpenAuthorisation, 'orderId'> {
  externalId: string | null;
  otherRefNum: string | null;
}

/** One for each item of an authorisation; one of an unknown order, or of another connection, is not ours to receive. */
export function openAuthorisations(connection: string, lines: readonly AuthorisationLine[]): OpenAuthorisation[] {
  const found = new Map<string, OpenAuthorisation>();
  for (const line of lines) {
    const orderId = orderOf(connection, line);
    if (orderId === null) continue;
    const key = JSON.stringify([line.netsuiteId, line.item]);
    const { netsuiteId, day, item } = line;
    const known = found.get(key) ?? { netsuiteId, orderId, day, item, open: 0 };
    known.open += line.open;
    found.set(key, known);
  }
  return [...found.values()];
}

/** Ours say it in their key; somebody else's in the PO number. */
function orderOf(connection: string, { externalId, otherRefNum }: AuthorisationLine): string | null {
  const key = externalId === null ? null : parseExternalId(externalId);
  if (key !== null) return key.connection === connection ? (parseRefundKey(key.businessKey)?.orderId ?? null) : null;
  const text = otherRefNum?.trim() ?? '';
  return isAmazonOrderId(text) ? text : null;
}

import { userError } from '../refusal.ts';
import type { RecordKind } from './record-kind.ts';
import { buildOrder } from './sales-order.ts';

/** Return authorisations post nothing. Each line counts on the line that it returns. */
export const returnAuthorisation: RecordKind = {
  record: 'returnAuthorization',
  type: 'RtnAuth',
  title: 'Return Authorization',
  prefix: 'RMA',
  build(company, document, self) {
    const draft = buildOrder(company, document, { id: self.id, sign: 1n });
    const source = self.createdFrom === null ? undefined : company.books.get(self.createdFrom);
    for (const values of document.sublists['item'] ?? []) {
      const orderLine = values['orderLine'];
      if (source === undefined || typeof orderLine !== 'number') continue;
      const line = draft.lines.find(({ id }) => id === values['line']);
      const from = source.lines.find(({ id }) => id === orderLine);
      if (!line || !from) continue;
      line.source = { transaction: source.id, line: orderLine, progress: 'authorised' };
      if (Math.abs(line.quantity ?? 0) > Math.abs(from.quantity ?? 0) - from.progress.authorised) {
        throw userError('The quantity to return is more than was sold.');
      }
    }
    return draft;
  },
};

/** What ends an exception, in words: for terminal, page and alert alike. */
import type { Remedy } from './exception.ts';

/** The command that ends it, or null where none does. `number` is the exception's: short where it says enough. */
export function renderCommand(remedy: Remedy, number?: number): string | null {
  switch (remedy.kind) {
    case 'map-sku':
      return `npx tieout map-sku ${quoted(remedy.sku)} ${remedy.item === undefined ? 'ITEM' : quoted(remedy.item)}${(remedy.units ?? 1) === 1 ? '' : ` --units ${remedy.units}`} --why "…"`;
    case 'map-amount': {
      const { key, role, beginning } = remedy;
      return `npx tieout map-amount ${number ?? key.map(quoted).join(' ')} ${role ?? 'ROLE'}${beginning === null ? '' : ' --prefix'} --why "…"`;
    }
    case 'map-finances':
      return `npx tieout map-finances ${quoted(remedy.transactionType)} ${quoted(remedy.path)} ROLE --why "…"`;
    case 'settle-difference':
      return `npx tieout settle-difference ${remedy.document} ${remedy.choice ?? 'variance (or leave)'} --why "…"`;
    case 'correct-tax':
      return `npx tieout correct-tax ${remedy.document} --why "…"`;
    case 'place-sale':
      return `npx tieout place-sale ${quoted(remedy.order)} COUNTRY --why "…"`;
    case 'confirm-prices':
      return `npx tieout confirm-prices ${quoted(remedy.marketplace)} --why "…"`;
    case 'settle-payout':
      return `npx tieout settle-difference ${remedy.settlementId} ${remedy.choice ?? 'variance'} --why "…"`;
    case 'match-deposit':
      return `npx tieout match-deposit ${remedy.settlementId} --movement ${remedy.movement} --lines NUMBER,… --why "…"`;
    case 'open-chain':
      return `npx tieout open-chain ${remedy.settlementId} --why "…"`;
    case 'book-refund':
      return `npx tieout book-refund ${quoted(remedy.orderId)} --settlement ${remedy.settlementId ?? 'SETTLEMENT'} --why "…"`;
    case 'map-movement':
      return `npx tieout map-movement ${quoted(remedy.eventType)} ${quoted(remedy.reason)} adjust --why "…"`;
    case 'answer-rows':
      return `npx tieout answer-rows ${number ?? remedy.rows.map(quoted).join(' ')} --role ${remedy.role ?? 'ROLE'} --why "…"`;
    case 'explain-foreign':
      return `npx tieout explain-foreign ${quoted(remedy.document)} ${remedy.answering ? `answers --rows ${remedy.answering.map(quoted).join(' ')}` : 'counter'} --why "…"`;
    case 'decide-inbound':
      return `npx tieout decide-inbound ${quoted(remedy.shipmentId)} ${quoted(remedy.sku)} ${remedy.choices[0]} --why "…"`;
    case 'close-gap':
      return `npx tieout close-gap ${remedy.pool} ${quoted(remedy.item)} ${remedy.place} ${remedy.units} --why "…"`;
    case 'approve-adjustment':
      return `npx tieout approve-adjustment ${remedy.document} --why "…"`;
    case 'import':
      return remedy.file === 'statement' ? 'npx tieout bank import FILE' : 'npx tieout settlement import FILE';
    case 'read-again':
      return `npx tieout read-again ${remedy.what} --from ${remedy.from} --why "…"`;
    case 'put-back':
      return `npx tieout try-again document ${remedy.document}`;
    case 'try-again':
      return `npx tieout try-again ${remedy.of} ${quoted(remedy.id)}`;
    case 'test-alert':
      return `npx tieout alerts test ${remedy.channel}`;
    case 'reopen':
      return `npx tieout close reopen ${remedy.period} --why WHY`;
    case 'status':
      return `npx tieout status ${remedy.of} ${quoted(remedy.id)}`;
    default:
      return null;
  }
}

/** A sentence with the command in it. */
export function renderRemedy(remedy: Remedy, number?: number): string {
  const command = renderCommand(remedy, number) ?? '';
  switch (remedy.kind) {
    case 'map-sku':
    case 'map-amount':
    case 'map-finances':
    case 'status':
      return command;
    case 'settle-difference':
    case 'settle-payout':
      return `${remedy.first}, then decide: ${command}`;
    case 'correct-tax':
      return `Look in Seller Central who owes the tax of order ${quoted(remedy.order)}; where it is as its rows say: ${command}${remedy.orLeave ? `; where it is not yours all the same, the tax stays on sales-tax-payable: npx tieout settle-difference ${remedy.document} leave --why "…"` : ''}`;
    case 'place-sale':
      return `Look in Seller Central where the order went, then say its country by two letters (GB; JE or US where it left): ${command}`;
    case 'match-deposit':
      return `Look at npx tieout bank lines --unmatched (npx tieout bank import FILE brings more), then say which they are: ${command}`;
    case 'open-chain':
      return `Bring the missing report: npx tieout settlement import FILE; where there is none: ${command}`;
    case 'book-refund':
      return remedy.settlementId === null
        ? `Wait for the settlement that pays it: its rows say what the refund came to; then, unless Amazon has told it in full: ${command}`
        : `Look at npx tieout status order ${quoted(remedy.orderId)}; where Amazon does not tell the refund, book it from the settlement's rows: ${command}`;
    case 'map-movement':
      return remedy.lone
        ? `Look in Seller Central for the other half; where none will come, adjust each of these rows by itself: ${command}`
        : `Look up in Seller Central what it is, then say it once for all its rows: ${command} (or pair, outside)`;
    case 'answer-rows':
      return `${remedy.first}: ${command}`;
    case 'explain-foreign':
      return `${remedy.first}: ${command}${remedy.answersNothing || remedy.answering ? '' : ' (or answers --rows ROW …)'}`;
    case 'decide-inbound': {
      const seen = remedy.unlisted
        ? `npx tieout stock events ${quoted(remedy.sku)} for what was received, and look in Seller Central for its shipment`
        : `npx tieout inbound ${quoted(remedy.shipmentId)} and at the shipment in Seller Central`;
      return `Look at ${seen}, then decide: ${command} (or ${remedy.choices.slice(1).join(', ')})`;
    }
    case 'close-gap':
      return `Later rows of the ledger end it; where Amazon's balance is right and none will come: ${command}`;
    case 'approve-adjustment':
      return `Look at its lines${remedy.item === undefined ? '' : ` (${stockCommand(remedy.item)})`}, then let it go: ${command}`;
    case 'reopen':
      return `Look at npx tieout close ${remedy.period} for what differs and mend it; where the new figures are right: ${command}`;
    case 'test-alert':
    case 'confirm-prices':
    case 'import':
    case 'read-again':
      return `${remedy.first}: ${command}`;
    case 'put-back':
      return `Put it back in NetSuite as it was (System Notes there say who changed it; one that was deleted is entered again under this external id), then ${command}; where it is right as it stands: npx tieout settle-difference ${remedy.document} leave --why "…"`;
    case 'try-again':
      return `${remedy.first}, then ${command}`;
    case 'wait':
      return `Nothing: ${remedy.until}`;
    case 'set-up':
    case 'look':
      return remedy.where;
  }
}

/** What shows an item; one that is called like a command below `stock` is said to be an item. */
export function stockCommand(item: string): string {
  return `npx tieout stock ${['opening', 'owed', 'events'].includes(item) ? '--item ' : ''}${quoted(item)}`;
}

/** As a shell takes it for one word: what came from a report may hold anything. */
export function quoted(text: string): string {
  if (/^[A-Za-z0-9][\w./:@-]*$/.test(text)) return text;
  return /["$`\\!\n]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}

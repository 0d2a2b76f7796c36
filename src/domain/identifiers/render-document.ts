/** A document as people call it: `SO 5120`, `INV10130`, `JE planned`. NetSuite's number stands alone when it says the kind already. */
export function renderDocument(document: {
  key: { purpose: string };
  state: string;
  tranId: string | null;
  netsuiteId: string | null;
}): string {
  const { purpose } = document.key;
  if (document.state !== 'posted') return `${purpose} ${document.state}`;
  const number = document.tranId ?? document.netsuiteId ?? '';
  return number.startsWith(purpose) ? number : `${purpose} ${number}`.trimEnd();
}

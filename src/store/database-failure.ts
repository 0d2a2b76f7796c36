/** Whether the database refused, or did not answer: Postgres gives each of its errors a five-letter code (SQLSTATE); its driver has sentences of its own. */
export function isOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return (
    (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && severity !== undefined) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
}

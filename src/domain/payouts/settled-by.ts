/** By whom a difference is settled that nobody has to approve: names in the record, by which such differences are counted. */

/** A minor unit that Amazon rounds otherwise. */
export const ROUNDING = 'rounding';
/** Tax that a journal booked before its document was known. */
export const LATE_TAX = 'tax-before-its-document';

/** Cells of the names on the left, in what the tie-out and its verdict write. */
export const NAMES = 12;

/** Something in an answer that we do not know: reported, never dropped in silence. */
export interface DriftNotice {
  where: string;
  what: string;
}

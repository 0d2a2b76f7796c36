/** `Finance`, as a person is addressed. */
export function ownerName(owner: string): string {
  return owner.replace(/^./, (letter) => letter.toUpperCase());
}

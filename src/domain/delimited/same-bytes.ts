/**
 * How many of `most` bytes at two places are the same, neither going beyond its view. Eight bytes are compared as one
 * number: of numbers that are equal only the two zeros may differ in their bytes.
 */
export function sameBytes(one: DataView, from: number, other: DataView, at: number, most: number): number {
  let same = 0;
  for (; same + 8 <= most; same += 8) {
    const eight = one.getFloat64(from + same, true);
    if (eight === other.getFloat64(at + same, true) && eight !== 0) continue;
    const low = one.getInt32(from + same, true) ^ other.getInt32(at + same, true);
    if (low !== 0) return same + zeroBytes(low);
    const high = one.getInt32(from + same + 4, true) ^ other.getInt32(at + same + 4, true);
    if (high !== 0) return same + 4 + zeroBytes(high);
  }
  while (same < most && one.getUint8(from + same) === other.getUint8(at + same)) same += 1;
  return same;
}

/** How many of the lowest bytes of a number that is not zero are zero. */
function zeroBytes(word: number): number {
  return (31 - Math.clz32(word & -word)) >> 3;
}

/** One thing that was looked at. */
export interface Finding {
  part: string;
  detail: string;
  /** What is wrong with it, or null. */
  wrong: string | null;
  /** What to do about it. */
  act: string | null;
}

export const fine = (part: string, detail: string): Finding => ({ part, detail, wrong: null, act: null });
export const broken = (part: string, detail: string, wrong: string, act: string): Finding => ({
  part,
  detail,
  wrong,
  act,
});

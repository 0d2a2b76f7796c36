import type { WorldResult } from './run-world.ts';

/** A world in lines: what differs, and what is open where something does. */
export function renderWorld({ name, right, seconds, problem, differences, open }: WorldResult): string[] {
  return [
    `${right ? '✓' : '✗'} ${name}  ${seconds.toFixed(1)} s`,
    ...(problem === null ? [] : [`    ${problem}`]),
    ...differences.map(({ where, expected, got }) => `    ${where}: expected ${expected}, got ${got}`),
    ...(right ? [] : open.map((what) => `    open: ${what}`)),
  ];
}

export function renderCount(results: readonly WorldResult[]): string {
  const right = results.filter((result) => result.right).length;
  return `worlds: ${right} right, ${results.length - right} wrong`;
}

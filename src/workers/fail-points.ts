/** Where a test lets a worker process die: points that it passes are looked up in a file, one name a line. */
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Kills this process (SIGKILL: no clean-up, nothing said to anyone) at the first point that stands in the file, and takes
 * that line out before, so that the process which is started again gets past it. Without a file nothing ever happens.
 */
export function failPointsIn(file: string | undefined): (at: string) => void {
  if (!file) return () => {};
  return (at) => {
    const points = readFileSync(file, 'utf8').split('\n');
    if (!points.includes(at)) return;
    writeFileSync(file, points.filter((point) => point !== at).join('\n'));
    process.kill(process.pid, 'SIGKILL');
  };
}

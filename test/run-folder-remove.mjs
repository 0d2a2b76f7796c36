import { rmSync } from 'node:fs';

export default function removeRunFolder() {
  rmSync(process.env.TIEOUT_TEST_RUN, { recursive: true, force: true });
}

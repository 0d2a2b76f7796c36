/**
 * A fresh clone knows no suite's time, and jest would go by the size of files: a long suite that comes last leaves one
 * core at work and the others idle. So the folders whose suites take minutes come first.
 */
import Sequencer from '@jest/test-sequencer';

const SLOW = ['faults', 'worlds', 'end-to-end', 'workers', 'activities'];

export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const folder = SLOW.findIndex((name) => path.includes(`/test/${name}/`));
      return folder === -1 ? SLOW.length : folder;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}

/** A process that takes slots and keeps them until it is killed. */
import { SharedSlots } from '../../../src/store/limits/netsuite-slots.ts';

const [url, account, size] = process.argv.slice(2) as [string, string, string];
const slots = await SharedSlots.open({ url, account, size: Number(size) });
let taken = 0;
for (let call = 0; call < Number(size); call += 1) {
  void slots.withSlot(() => {
    taken += 1;
    if (taken === Number(size)) process.send?.('holds all');
    return new Promise(() => {});
  });
}

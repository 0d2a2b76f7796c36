import type { Answer } from '../answers.ts';
import type { AmazonState } from '../state.ts';
import { switched } from './stock-switches.ts';

/**
 * `GET /admin/stock` tells the units by place as they really are now, and the switches; `POST /admin/stock` adds
 * events, returns, … in the form of `WorldStock`, dated in the past or in the future; `POST /admin/stock/switches`
 * changes what it names. Null when the path is none of these.
 */
export function stockControl(state: AmazonState, call: { method: string; path: string; body: unknown }): Answer | null {
  const book = state.stock;
  switch (`${call.method} ${call.path}`) {
    case 'GET /admin/stock':
      return {
        status: 200,
        body: {
          now: state.now(),
          units: [...book.unitsAt(state.now())].map(([place, units]) => {
            const [sku, fnsku, country, centre, disposition] = place.split('\t');
            return { sku, fnsku, country, centre, disposition, units };
          }),
          switches: book.switches,
        },
      };
    case 'POST /admin/stock':
      return refusedInWords(() => {
        book.add(call.body);
        return { status: 201, body: { events: book.facts.events.length, movements: book.movements.length } };
      });
    case 'POST /admin/stock/switches':
      return refusedInWords(() => {
        book.switches = switched(book.switches, call.body);
        return { status: 200, body: book.switches };
      });
    default:
      return null;
  }
}

function refusedInWords(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

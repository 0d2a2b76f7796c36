/** What people at the company enter by hand, when the account's clock comes to it. */
import type { Company } from './company.ts';
import { createRecord } from './records/record-service.ts';
import { kindNamed } from './records/catalogue.ts';
import type { NetSuiteSeed } from './seed.ts';

type Adjustment = NonNullable<NetSuiteSeed['adjustments']>[number];

export class EnteredLater {
  #left: Adjustment[];
  readonly #company: Company;

  constructor(company: Company, seed: NetSuiteSeed) {
    this.#company = company;
    this.#left = [...(seed.adjustments ?? [])].sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Enters what is due by now. */
  enter(): void {
    for (
      let [next] = this.#left;
      next !== undefined && Date.parse(next.at) <= this.#company.now();
      [next] = this.#left
    ) {
      this.#left = this.#left.slice(1);
      this.#adjust(next);
    }
  }

  #adjust({ at, itemId, location, quantity, account, memo, number }: Adjustment): void {
    const { items, locations, accounts, subsidiaries } = this.#company.masters;
    const idOf = <T extends { id: string }>(
      all: Iterable<T>,
      is: (one: T) => boolean,
      what: string,
    ): { id: string } => {
      const found = [...all].find(is);
      if (!found) throw new Error(`seed: an adjustment names ${what}, which is not there`);
      return { id: found.id };
    };
    const body = {
      tranDate: at.slice(0, 10),
      memo,
      ...(number === undefined ? {} : { tranId: number }),
      subsidiary: idOf(subsidiaries.values(), () => true, 'a subsidiary'),
      account: idOf(accounts.values(), ({ number }) => number === account, `the account ${account}`),
      inventory: {
        items: [
          {
            item: idOf(items.values(), (item) => item.itemId === itemId, `the item ${itemId}`),
            location: idOf(locations.values(), ({ name }) => name === location, `the location ${location}`),
            adjustQtyBy: quantity,
          },
        ],
      },
    };
    createRecord(this.#company, kindNamed('inventoryAdjustment')!, body, 'error');
  }
}

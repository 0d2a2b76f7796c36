import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

const PAUSE_MS = 2000;

/** Does `work` while the reconciler looks again and again, as its schedule lets it in a world whose clock nobody drives. */
export async function besideReconciler<T>(world: WorldUnderTest, work: () => Promise<T>): Promise<T> {
  let over = false;
  const looks = async () => {
    for (let look = 1; !over; look += 1) {
      await world
        .run('reconciler', `reconciler:scheduled-${look}`, { connection: world.connection, policy: world.policy })
        .catch((error: unknown) => {
          if (!over) throw error;
        });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const [result] = await Promise.all([
    work().finally(() => {
      over = true;
    }),
    looks(),
  ]);
  return result;
}

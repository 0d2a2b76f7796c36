/** The Temporal of a running world, for as long as something is asked of it or told to it. */
import type { Client } from '@temporalio/client';
import { readConfig } from '../config/read-config.ts';
import type { RunningWorld } from '../config/running-world.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { answers } from './answers.ts';

/** A client of the world's Temporal for the time of `work`. @throws TieoutError `temporal-server` when it does not answer */
export async function withTemporal<T>(world: RunningWorld, work: (client: Client) => Promise<T>): Promise<T> {
  // The client tries for ten seconds before it gives a silent address up.
  if (!(await answers(world.temporal.address))) throw noTemporal(world, new Error('nobody accepts connections'));
  const { connectClient } = await import('./connection.ts');
  const { dataConverterOf } = await import('./payload-codec.ts');
  const connected = await connectClient(
    world.temporal.address,
    dataConverterOf(readConfig(world.config), process.env),
  ).catch((error: Error) => {
    throw noTemporal(world, error);
  });
  try {
    return await work(connected.client);
  } finally {
    await connected.close();
  }
}

function noTemporal(world: RunningWorld, error: Error): TieoutError {
  return new TieoutError(
    {
      code: 'temporal-server',
      what: 'Temporal does not answer.',
      notDone: 'Nothing was changed.',
      where: [`${world.temporal.address}: ${error.message}`],
      do: ['npx tieout doctor shows what runs; npm start starts it'],
    },
    { cause: error },
  );
}

import pg from 'pg';

/** A machine that vanished without a word loses its locks after about a minute. Nothing written here is worth waiting for a disk. */
const SETTINGS =
  '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c synchronous_commit=off';

/** One connection whose users come one after the other: what one does with it in several queries nobody gets between. */
export class Session {
  readonly client: pg.Client;
  readonly connected: Promise<unknown>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, onLost: () => void) {
    this.client = new pg.Client({ connectionString: url, keepAlive: true, options: SETTINGS });
    this.client.on('error', onLost);
    this.connected = this.client.connect();
  }

  alone<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const next = this.#last.then(() => work(this.client));
    this.#last = next.catch(() => {});
    return next;
  }

  end(): Promise<void> {
    return this.client.end().catch(() => {});
  }
}

/** A port of ours that something else holds. */
export class PortTaken extends Error {
  readonly port: number;
  readonly what: string;

  constructor(port: number, what: string) {
    super(`Port ${port} (${what}) is in use`);
    this.port = port;
    this.what = what;
  }
}

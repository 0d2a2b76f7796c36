/** What starting a simulator gives back: an HTTP server on loopback that is stopped by `close`. */
export interface RunningSimulator {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Addresses of other machines in the configuration. */
import { z } from 'zod';

/** Whether a host is this machine itself. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);

/** What leaves the machine is encrypted. */
export const isSafeUrl = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};

/** By https:, or by http: to this machine; never a file. */
export const webAddress = z
  .url({ protocol: /^https?$/, abort: true })
  .refine(isSafeUrl, 'is sent to in clear; only this machine may be told by http:');

import { createHash } from 'node:crypto';

/** The first 16 hex characters of SHA-256 over the payload bytes. */
export const digestOf = (payload: Uint8Array): string =>
  createHash('sha256').update(payload).digest('hex').slice(0, 16);

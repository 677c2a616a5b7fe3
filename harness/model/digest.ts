import { hash } from 'node:crypto';

/** The first 16 hex characters of SHA-256 over the payload bytes. */
export const digestOf = (payload: Uint8Array): string => hash('sha256', payload, 'hex').slice(0, 16);

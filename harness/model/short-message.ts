import { cut } from '../lib/cut.ts';

/** Messages of an engine may quote the request. This length is enough to distinguish them, and keeps payloads out. */
const messageMax = 300;

/** A message as it is kept in a history. */
export const shortMessage = (message: string): string => cut(message, messageMax);

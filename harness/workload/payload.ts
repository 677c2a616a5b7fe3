import type { Random } from '../lib/random.ts';
import type { Identity } from './identity.ts';

/**
 * Makes the bytes of one record, from its identity and the producer's own random stream: the same seed gives the same
 * bytes.
 */
export type PayloadMaker = (identity: Identity, random: Random) => Uint8Array;

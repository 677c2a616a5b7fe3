import { type Random, seededRandom } from '../lib/random.ts';
import { digestOf } from '../model/digest.ts';
import type { PayloadMaker } from './payload.ts';

/** One record as the application sends it. */
export type Outgoing = {
  readonly key: string;
  readonly n: number;
  readonly data: Uint8Array;
  readonly digest: string;
  readonly hash?: string;
  /** When it is due: microseconds of the history. Only with a schedule. */
  readonly due?: number;
};

export type WorkloadOptions = {
  readonly run: string;
  readonly seed: string;
  readonly producer: string;
  readonly keys: Iterable<string>;
  readonly payload: PayloadMaker;
  /** `seeded`: each record has its own. */
  readonly explicitHashKey?: string | { readonly type: 'seeded' };
};

/**
 * The records of one producer in the order of the application, made one by one. The same seed gives the same records
 * on every machine.
 */
export function* workloadOf({
  run,
  seed,
  producer,
  keys,
  payload,
  explicitHashKey,
}: WorkloadOptions): Generator<Outgoing> {
  const counts = new Map<string, number>();
  const random = seededRandom(`${seed}/payload/${producer}`);
  const hashes = seededRandom(`${seed}/hash/${producer}`);
  for (const key of keys) {
    const n = counts.get(key) ?? 0;
    counts.set(key, n + 1);
    const data = payload({ run, producer, key, n }, random);
    const record = { key, n, data, digest: digestOf(data) };
    if (explicitHashKey === undefined) yield record;
    else yield { ...record, hash: typeof explicitHashKey === 'string' ? explicitHashKey : hashOf(hashes) };
  }
}

/** A random place on the hash ring. */
const hashOf = (random: Random): string => {
  let hash = 0n;
  for (let part = 0; part < 4; part += 1) hash = hash * 2n ** 32n + BigInt(random.int(0, 2 ** 32 - 1));
  return String(hash);
};

import { seededRandom } from '../lib/random.ts';
import { digestOf } from '../model/digest.ts';
import type { HashKeys } from './hash-keys.ts';
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
  /** ExplicitHashKey of each record; by default none is sent. */
  readonly hashOf?: HashKeys | undefined;
};

/**
 * Yields the records of one producer in the order of the application, made one by one. The same seed gives the same
 * records on every machine.
 */
export function* workloadOf({ run, seed, producer, keys, payload, hashOf }: WorkloadOptions): Generator<Outgoing> {
  const counts = new Map<string, number>();
  const random = seededRandom(`${seed}/payload/${producer}`);
  for (const key of keys) {
    const n = counts.get(key) ?? 0;
    counts.set(key, n + 1);
    const data = payload({ run, producer, key, n }, random);
    const record = { key, n, data, digest: digestOf(data) };
    const hash = hashOf?.({ producer, key, n });
    yield hash === undefined ? record : { ...record, hash };
  }
}

import { seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';

type Line = Head | HistoryEvent;

/**
 * How numbers count. `gaps`: only their order counts, and some are left out. `one`: dense, from 1. `far`: far from 0.
 * `none`: the order of sending.
 */
export const identityKinds = ['gaps', 'one', 'far', 'none'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/**
 * The history as a proxy records it: with calls that repeat others because their answers did not arrive, and calls
 * that the client sent several times.
 */
export const withRetries = (lines: readonly Line[], seed: string): readonly Line[] => {
  const random = seededRandom(`retries ${seed}`);
  const before = new Map<string, number>();
  return lines.map((line): Line => {
    if (line.type === 'head') return { ...line, recorder: 'proxy' };
    if (line.type === 'ack') return random.int(0, 9) === 0 ? { ...line, attempts: random.int(1, 3) } : line;
    if (line.type !== 'put') return line;
    const name = JSON.stringify([line.producer, line.entries[0]?.key, line.entries[0]?.n]);
    const first = before.get(name);
    before.set(name, line.op);
    const isTold = first !== undefined || random.int(0, 19) === 0;
    return isTold && random.int(0, 3) > 0 ? { ...line, retryOf: first ?? Math.max(0, line.op - 1) } : line;
  });
};

/** The same history with other numbers. The same seed gives the same history. */
export const withIdentity = (lines: readonly Line[], seed: string, kind: IdentityKind): readonly Line[] => {
  const random = seededRandom(`identity ${seed}`);
  const stride = random.int(2, 9);
  const by = { gaps: (n: number) => n * stride + (n % 2), one: (n: number) => n + 1, far, none: (n: number) => n }[
    kind
  ];
  return lines.map((line): Line => {
    if (line.type === 'head') return { ...line, identity: identityOf(kind) };
    if (line.type === 'put' && line.role !== 'sentinel') return { ...line, entries: renamed(line.entries, by) };
    return line.type === 'page' && line.records !== undefined ? { ...line, records: renamed(line.records, by) } : line;
  });
};

const far = (n: number): number => n + 1_700_000_000_000;

const identityOf = (kind: IdentityKind): NonNullable<Head['identity']> =>
  kind === 'none' ? { from: 'none' } : { from: 'json', ...(kind === 'one' ? { counter: 'dense', first: 1 } : {}) };

const renamed = <T extends { readonly key?: string | null; readonly n?: number }>(
  records: readonly T[],
  by: (n: number) => number,
): readonly T[] =>
  records.map((one) =>
    one.n === undefined || one.key?.startsWith('sentinel-') === true ? one : { ...one, n: by(one.n) },
  );

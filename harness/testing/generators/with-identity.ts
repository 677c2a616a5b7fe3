import { seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';

type Line = Head | HistoryEvent;

/**
 * How the numbers of a history are told. `gaps`: only their order counts, and some are left out. `one`: without gaps,
 * from 1. `far`: far from 0. `none`: they are the order of sending.
 */
export const identityKinds = ['gaps', 'one', 'far', 'none'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** The same history with its numbers told otherwise. The same seed gives the same history. */
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

import { seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';
import { onSharedStream } from './on-shared-stream.ts';

type Line = Head | HistoryEvent;

/**
 * The same history on a shared stream, recorded by somebody who knows only some keys. All other records are foreign
 * and have no identity where they were read. The same seed selects the same keys.
 */
export const amongOthers = (lines: readonly Line[], seed: string): readonly Line[] => {
  const random = seededRandom(`others ${seed}`);
  const share = random.int(1, 6);
  const known = new Map<string, boolean>();
  const isOurs = (key: string): boolean => {
    const is = known.get(key) ?? (key.startsWith('sentinel-') || random.int(0, 9) >= share);
    known.set(key, is);
    return is;
  };
  return onSharedStream(asFarAsKnown(lines, isOurs));
};

/** The history of the keys for which `isOurs` is true. All other records are read without identity. */
export const asFarAsKnown = (lines: readonly Line[], isOurs: (key: string) => boolean): readonly Line[] => {
  const left = new Map<number, readonly number[]>();
  return lines.flatMap((line): readonly Line[] => {
    if (line.type === 'put') return putOf(line, isOurs, left);
    if (line.type === 'ack') return ackOf(line, left);
    return line.type === 'page' ? [pageOf(line, isOurs)] : [line];
  });
};

type Put = Extract<Line, { type: 'put' }>;
type Ack = Extract<Line, { type: 'ack' }>;
type Page = Extract<Line, { type: 'page' }>;

/** `left` takes the indexes of the kept entries of each call, if not all are kept. */
const putOf = (put: Put, isOurs: (key: string) => boolean, left: Map<number, readonly number[]>): readonly Put[] => {
  const own = [...put.entries.keys()].filter((at) => isOurs(put.entries[at]?.key ?? ''));
  left.delete(put.op);
  if (own.length < put.entries.length) left.set(put.op, own);
  return own.length === 0 ? [] : [{ ...put, entries: put.entries.filter((_, at) => own.includes(at)) }];
};

const ackOf = (ack: Ack, left: ReadonlyMap<number, readonly number[]>): readonly Ack[] => {
  const own = left.get(ack.op);
  if (own === undefined) return [ack];
  if (own.length === 0) return [];
  return [ack.results === undefined ? ack : { ...ack, results: ack.results.filter((_, at) => own.includes(at)) }];
};

const pageOf = (page: Page, isOurs: (key: string) => boolean): Page => ({
  ...page,
  ...(page.records === undefined
    ? {}
    : {
        records: page.records.map((record) => {
          if (record.key === undefined || record.key === null || isOurs(record.key)) return record;
          const { producer: _producer, n: _n, ...place } = record;
          return place;
        }),
      }),
});

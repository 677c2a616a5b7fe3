import { none, type Trace } from '../trace/trace.ts';
import type { Item } from './align.ts';
import type { LaneRecord } from './lane.ts';
import type { Form, ReportTrack } from './picture.ts';
import type { Placed } from './sequences.ts';

/** A consumer's report about a place or a shard: done, a checkpoint, or given up. */
export type ConsumerReport = {
  readonly reader: string;
  readonly group: string;
  readonly worker: string;
  readonly event: string;
  readonly shard: string;
  /** Its place in the trace; -1 if it names none, or an unknown one. */
  readonly place: number;
  readonly t: number;
  readonly line: number;
  /** Where a discarded record was sent, or the reason. */
  readonly words: string | null;
};

const eventsOf: Readonly<Record<ReportTrack, readonly string[]>> = {
  done: ['done'],
  checkpoint: ['checkpoint'],
  'gave up': ['discard', 'lost', 'failed'],
};
const formOf: Readonly<Record<ReportTrack, Form>> = { done: 'done', checkpoint: 'checkpoint', 'gave up': 'discarded' };

/** The reports of a track, in their order. */
export const reportsOn = (track: ReportTrack, said: readonly ConsumerReport[]): readonly ConsumerReport[] =>
  said.filter(({ event }) => eventsOf[track].includes(event));

/**
 * Marks for the reports about the records of a picture. The mark of a checkpoint is at the last record that it covers,
 * because a checkpoint may lie between two records.
 */
export const reportMarks = (
  track: ReportTrack,
  said: readonly ConsumerReport[],
  { trace, records }: { readonly trace: Trace; readonly records: readonly LaneRecord[] },
): readonly Placed[] => {
  const recordOf = new Map(records.flatMap(({ places }, record) => places.map((place) => [place, record] as const)));
  const times = new Map<number, number>();
  return reportsOn(track, said).flatMap((one, index): readonly Placed[] => {
    const place = track === 'checkpoint' ? covered(trace, one, recordOf) : one.place;
    const record = recordOf.get(place);
    if (record === undefined) return [];
    const before = times.get(place) ?? 0;
    times.set(place, before + 1);
    const isAgain = track === 'done' && before > 0;
    const item: Item = {
      name: `s-${track.replace(' ', '-')} ${place}${before === 0 ? '' : ` ${before}`}`,
      under: [`p${place}`, `r${record}`],
      weight: isAgain ? 0.4 : 1,
    };
    return [
      {
        item,
        record,
        form: isAgain ? 'redone' : formOf[track],
        line: one.line,
        note: noteOf(one),
        rank: one.line,
        at: index,
      },
    ];
  });
};

const noteOf = ({ event, words }: ConsumerReport): string | null =>
  event === 'discard'
    ? words === null
      ? 'sent nowhere'
      : `sent to ${words}`
    : event === 'failed' || event === 'lost'
      ? event
      : null;

const covered = (
  { places }: Trace,
  { place, shard }: ConsumerReport,
  recordOf: ReadonlyMap<number, number>,
): number => {
  for (let one = place; one >= 0 && places.shard[one] === places.shard[place]; one -= 1)
    if (recordOf.has(one)) return one;
  return shard === '' ? none : place;
};

/** The reports about a record, as steps of what happened to it. */
export const reportSteps = (
  said: readonly ConsumerReport[],
  { places }: LaneRecord,
): readonly { readonly line: number; readonly words: string }[] =>
  said.flatMap((one) => {
    if (one.place < 0 || !places.includes(one.place)) return [];
    const words = wordsOf[one.event];
    const where = one.event === 'discard' ? `, ${noteOf(one)}` : '';
    return words === undefined ? [] : [{ line: one.line, words: `${words} ${one.worker}${where} (line ${one.line})` }];
  });

const wordsOf: Readonly<Record<string, string>> = {
  done: 'done by',
  checkpoint: 'checkpoint here by',
  discard: 'given up by',
  failed: 'failed in',
};

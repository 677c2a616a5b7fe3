import { countOf, shardName, timeOf } from '../naming.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { LaneRecord } from './lane.ts';

export type Step = { readonly line: number; readonly words: string };

/** What happened to a record, one clause for each step, in order. */
export const storyOf = (trace: Trace, record: LaneRecord, also: readonly Step[] = []): readonly string[] => {
  const { calls, pages, names } = trace;
  const steps: Step[] = [];
  for (const [index, { call, outcome, error }] of record.attempts.entries()) {
    const line = calls.line[call] ?? 0;
    const again = index === 0 ? 'sent' : 'sent again';
    steps.push({ line, words: `${again} ${timeOf(calls.t[call] ?? 0)} (${callName(trace, call)}, line ${line})` });
    const answer = calls.ackLine[call] ?? none;
    const why = names.errors[error];
    if (answer < 0) {
      steps.push({ line, words: 'never answered' });
      continue;
    }
    const word = { stored: 'acknowledged', refused: 'refused', unknown: 'outcome unknown' }[outcome];
    steps.push({
      line: answer,
      words: `${word} ${timeOf(calls.ackT[call] ?? 0)} (line ${answer})${why === undefined || outcome === 'stored' ? '' : `: ${why}`}`,
    });
  }
  for (const { page, place } of record.deliveries.slice(0, deliveriesMax)) {
    const line = pages.line[page] ?? 0;
    const reader = names.readers[pages.reader[page] ?? none] ?? 'a reader';
    const worker = names.workers[pages.worker[page] ?? none];
    const where = record.places.length > 1 ? ` from ${placeWords(trace, place)}` : '';
    steps.push({
      line,
      words: `delivered to ${reader}${worker === undefined ? '' : ` (${worker})`}${where} (line ${line})`,
    });
  }
  steps.push(...also);
  const left = record.deliveries.length - deliveriesMax;
  const words = steps.toSorted((a, b) => a.line - b.line).map((step) => step.words);
  if (record.deliveries.length === 0) words.push('delivered to nobody');
  return left > 0 ? [...words, `and ${countOf(left, 'more time')} delivered`] : words;
};

const deliveriesMax = 6;

/** `call 5`: the op of a put, as findings name it. */
export const callName = (trace: Trace, call: number): string => `call ${trace.calls.op[call] ?? call}`;

export const placeWords = (trace: Trace, place: number): string => {
  const shard = shardName(trace.names.shards[trace.places.shard[place] ?? none] ?? '');
  const seq = trace.places.seq[place];
  const sub = trace.places.sub[place] ?? none;
  return seq === undefined ? shard : `…${seq.slice(-12)}${sub < 0 ? '' : `/${sub}`} of ${shard}`;
};

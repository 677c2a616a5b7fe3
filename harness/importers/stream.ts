import { HarnessError } from '../lib/error.ts';
import type { EventBody, Head, HistoryEvent, IteratorStart, PageEvent } from '../model/event.ts';
import type { EventFact } from './fact.ts';
import type { Format, FormatInput } from './format.ts';
import { linesOf } from './text-lines.ts';

/**
 * The stream itself, as `record --final-only` reads it. It is the best addition to a dump, because it has all records
 * that could be read.
 */
export const stream: Format = {
  summary:
    'the stream itself, by name: its shards and all records that it still stores, read once (--endpoint, or --target aws)',
  flags: ['id'],
  isStream: true,
  recognise: () => undefined,
  open: (input) => {
    const head = JSON.parse(input.source.start.slice(0, input.source.start.indexOf('\n'))) as Head;
    return {
      facts: facts(input, Date.parse(head.startedAt ?? '') * 1000),
      lacks: head.identity?.from === 'none' ? ['counter'] : [],
      stream: () => head.stream?.name,
      known: {
        ...(head.stream === undefined ? {} : { stream: head.stream }),
        ...(head.target === undefined ? {} : { target: head.target }),
      },
    };
  },
};

async function* facts({ source, tally }: FormatInput, startedAt: number): AsyncGenerator<readonly EventFact[]> {
  for await (const { lines } of linesOf(source.pieces)) {
    const batch: EventFact[] = [];
    for (const line of lines.filter((text) => text !== '')) {
      tally.tried += 1;
      const { t, ...event } = JSON.parse(line) as HistoryEvent;
      if (event.type === 'end' && event.reason !== 'completed')
        throw new HarnessError('target', `${source.name} was not read to its end: ${event.error ?? event.reason}`);
      if (event.type !== 'page' && event.type !== 'topology' && event.type !== 'reader') continue;
      if (event.type === 'page') tally.taken += event.records?.length ?? 0;
      batch.push({ kind: 'event', time: startedAt + t, event: inWallTime(event as EventBody, startedAt) });
    }
    yield batch;
  }
}

const inWallTime = (event: EventBody, startedAt: number): EventBody => {
  if (event.type !== 'page') return event;
  const { t0, from } = event;
  return {
    ...event,
    ...(t0 === undefined ? {} : { t0: startedAt + t0 }),
    ...(from === undefined ? {} : { from: movedStart(from, (time) => startedAt + time) }),
  };
};

export const movedStart = ({ t0, t, ...from }: IteratorStart, move: (time: number) => number): IteratorStart => ({
  ...from,
  ...(t0 === undefined ? {} : { t0: move(t0) }),
  ...(t === undefined ? {} : { t: move(t) }),
});

/**
 * A page of the final reading, for the imported history. `low`: the lowest sequence number of its shard in the other
 * files.
 */
export const finalPage = (
  page: Omit<PageEvent, 't'>,
  move: (time: number) => number,
  low: string | undefined,
  isBelow: (a: string, b: string) => boolean,
): EventBody => {
  const { t0, from, records, chain } = page;
  const first = records?.[0]?.seq;
  const start = from === undefined ? undefined : movedStart(from, move);
  // Earlier records have expired, so the reading proves nothing about them.
  const isTrimmed = start?.type === 'TRIM_HORIZON' && low !== undefined && (first === undefined || isBelow(low, first));
  const begun = !isTrimmed
    ? start
    : first === undefined
      ? ({ type: 'UNKNOWN' } as const)
      : ({ type: 'AT_SEQUENCE_NUMBER', seq: first } as const);
  return {
    ...page,
    chain: chainOffset + chain,
    ...(t0 === undefined ? {} : { t0: move(t0) }),
    ...(begun === undefined ? {} : { from: begun }),
  };
};

/** Chains of consumers count from 1. */
const chainOffset = 1_000_000_000;

import { finish } from '../checks/streaming/finish.ts';
import { followColumns } from '../checks/streaming/follow-columns.ts';
import { followEvent } from '../checks/streaming/follow-lines.ts';
import { NotPlain } from '../checks/streaming/not-plain.ts';
import { type PlainFacts, plainFactsOf } from '../checks/streaming/plain-facts.ts';
import { StreamingRun } from '../checks/streaming/streaming-run.ts';
import { HarnessError } from '../lib/error.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { readParts } from './join-parts.ts';
import type { PartHead } from './part-head.ts';
import { PartReader } from './part-reader.ts';

/** What one part says when it was read: all that the verdict on the whole needs of it, or why that needs its lines. */
export type Summary = {
  readonly format: 'kinesis-order-summary';
  readonly version: 1;
  /** The part's file, as it was named. */
  readonly path: string;
  readonly head: PartHead;
  /** Lines that stand in every part, with their numbers: the head, topologies, readers and the like. */
  readonly common: readonly (readonly [line: number, event: Head | HistoryEvent])[];
  /** Undefined where the part is not plain. */
  readonly facts?: PlainFacts;
  /** Why it is not plain: its lines are judged when the parts are merged. */
  readonly odd?: string;
  /** The part is not a sound history: nor is the whole. */
  readonly isUnsound?: boolean;
};

/** Reads a part and says what the merged verdict needs to know of it. */
export const summaryOf = (path: string): Summary => {
  const reader = new PartReader(path);
  reader.close();
  const run = new StreamingRun();
  const common: [number, Head | HistoryEvent][] = [];
  const base = { format: 'kinesis-order-summary', version: 1, path, head: reader.head, common } as const;
  try {
    readParts([path], {
      event: (event, line) => {
        if (event.type !== 'put' && event.type !== 'ack' && event.type !== 'page') common.push([line, event]);
        followEvent(run, event, line);
      },
      hot: (hot, line) => followColumns(run, hot, line),
    });
    finish(run);
    return { ...base, facts: plainFactsOf(run) };
  } catch (thrown) {
    if (thrown instanceof NotPlain) return { ...base, odd: thrown.message };
    if (thrown instanceof HarnessError && thrown.code === 'usage')
      return { ...base, odd: thrown.message, isUnsound: true };
    throw thrown;
  }
};

import { readLineage } from '../checks/index/lineage.ts';
import { finish } from '../checks/streaming/finish.ts';
import { followColumns } from '../checks/streaming/follow-columns.ts';
import { followEvent } from '../checks/streaming/follow-lines.ts';
import { type PlainFacts, plainFactsOf } from '../checks/streaming/plain-facts.ts';
import { SecondLook } from '../checks/streaming/second-look.ts';
import { StreamingRun } from '../checks/streaming/streaming-run.ts';
import { decodeLine } from '../history/decode.ts';
import { HarnessError } from '../lib/error.ts';
import { readParts } from './join-parts.ts';
import type { KeptLine } from './kept-lines.ts';
import type { PartHead } from './part-head.ts';
import { PartReader } from './part-reader.ts';

/** The summary of one part: everything that the merged verdict needs from it, or why its lines are needed. */
export type Summary = {
  readonly format: 'kinesis-order-summary';
  readonly version: 2;
  /** The path of the part, by the name that was given. */
  readonly path: string;
  readonly head: PartHead;
  /** Lines that every part has, and those about records that were set aside. */
  readonly lines: readonly KeptLine[];
  /** Undefined if the part is not plain. */
  readonly facts?: PlainFacts;
  /** Why it is not plain: its lines are judged when the parts are merged. */
  readonly odd?: string;
  /** The part is an invalid history, so the full history is invalid too. */
  readonly isUnsound?: boolean;
};

/** Reads a part and makes its summary. */
export const summaryOf = (path: string): Summary => {
  const reader = new PartReader(path);
  reader.close();
  const { head } = reader;
  const base = { format: 'kinesis-order-summary', version: 2, path, head } as const;
  try {
    return { ...base, ...followed(path, head) };
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === 'usage')
      return { ...base, lines: [], odd: thrown.message, isUnsound: true };
    throw thrown;
  }
};

const followed = (path: string, { lastT }: PartHead): Pick<Summary, 'lines' | 'facts' | 'odd'> => {
  const run = new StreamingRun();
  const lines: KeptLine[] = [];
  readParts([path], {
    event: (event, line) => {
      if (event.type !== 'put' && event.type !== 'ack' && event.type !== 'page')
        lines.push([line, null, JSON.stringify(event)]);
      return followEvent(run, event, line);
    },
    hot: (hot, line) => followColumns(run, hot, line),
  });
  // The last time of the run is that of its latest part.
  if (lastT !== null) run.tables.lastT = lastT;
  if (!run.isOver) finish(run);
  if (!run.isOver && !run.spills.isEmpty) lines.push(...setAside(path, run));
  const facts = plainFactsOf(run, readLineage(run.tables));
  if (typeof facts === 'string') return { lines: [], odd: facts };
  // All parts together show whether an application has done events.
  return facts.subjects === undefined ? { lines, facts } : { lines: [], odd: 'a consumer under test' };
};

/** A second reading, for the lines about what was set aside. */
const setAside = (path: string, run: StreamingRun): readonly KeptLine[] => {
  const kept: KeptLine[] = [];
  let own: readonly number[] | undefined;
  const look = new SecondLook(run, (thin, line, items) => {
    kept.push([line, items?.map((item) => own?.[item] ?? item) ?? null, JSON.stringify(thin.event)]);
  });
  let text = (): string => '';
  readParts([path], {
    event: (event, line, items) => {
      own = items;
      look.event(event, line);
    },
    hot: (hot, line, items) => {
      if (!look.keeps(hot)) return;
      own = items;
      const event = decodeLine(text(), line);
      if (event !== undefined) look.event(event, line);
    },
    raw: (bytes, start, end) => {
      text = () => Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
    },
  });
  return kept;
};

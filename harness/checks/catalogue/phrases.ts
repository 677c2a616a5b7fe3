import { shortened } from '../../lib/cut.ts';
import type { Failure } from '../index/failures.ts';
import {
  ackLine,
  acksAt,
  attemptsOf,
  isOk,
  putLine,
  readerOfRead,
  readLine,
  readsAt,
  readsOf,
  type View,
} from '../index/view.ts';
import { markNumber } from './cut-numbers.ts';

/** How sentences name things. Sequence numbers are cut to the digits that differ: the evidence holds them whole. */
export const recordName = (view: View, record: number): string => {
  const { records } = view.tables;
  const producer = records.producerName(record);
  const n = records.n.at(record);
  const who = producer === '' ? '' : `${producer}'s `;
  return n < 0
    ? `${who}record of key ${quoted(records.keyName(record))}`
    : `${who}${quoted(records.keyName(record))} #${n}`;
};

export const quoted = (text: string): string => JSON.stringify(shortened(text, 40));

/** A sequence number in a sentence. `cutNumbers` cuts it when the sentence is complete. */
export const shortSeq = markNumber;

export const placeName = (view: View, position: number): string => {
  const sub = view.positions.sub(position);
  return `${shortSeq(view.positions.seq(position))}${sub < 0 ? '' : `/${sub}`} of ${shardName(view, view.positions.shard.at(position))}`;
};

export const placeOf = (view: View, position: number): Readonly<Record<string, unknown>> => ({
  shard: shardName(view, view.positions.shard.at(position)),
  seq: view.positions.seq(position),
  ...(view.positions.sub(position) < 0 ? {} : { sub: view.positions.sub(position) }),
});

export const shardName = (view: View, shard: number): string => view.tables.shards.name(shard);
export const readerName = (view: View, reader: number): string => view.tables.readers.name(reader);

/** An import that is told no name calls its reader `consumer`. */
export const consumerName = (view: View, reader: number): string => {
  const name = readerName(view, reader);
  return name === 'consumer' ? 'the consumer' : `consumer ${name}`;
};

/** `line 12` is where to look. */
export const atLine = (line: number): string => `line ${line}`;

/** Lines of an acknowledged attempt: its put and its answer. */
export const linesOfEntry = (view: View, entry: number): readonly number[] =>
  [putLine(view, entry), ackLine(view, entry)].filter((line) => line > 0);

/** The first page in which a place was delivered: by `reader`, or by anyone. */
export const lineOfRead = (view: View, position: number, reader?: number): readonly number[] => {
  let line = Number.POSITIVE_INFINITY;
  for (const read of readsAt(view, position)) {
    if (reader === undefined || readerOfRead(view, read) === reader) line = Math.min(line, readLine(view, read));
  }
  return Number.isFinite(line) ? [line] : [];
};

/** All that the history holds of a record: its puts, their answers, and the pages that delivered it. */
export const linesOfRecord = (view: View, record: number, pages = 4): readonly number[] => {
  const lines: number[] = [];
  for (const entry of attemptsOf(view, record)) lines.push(...linesOfEntry(view, entry));
  let left = pages;
  for (const read of readsOf(view, record)) {
    if (left <= 0) break;
    lines.push(readLine(view, read));
    left -= 1;
  }
  return lines;
};

export const linesOfAck = (view: View, position: number): readonly number[] => {
  const lines: number[] = [];
  for (const entry of acksAt(view, position)) lines.push(...linesOfEntry(view, entry));
  return lines;
};

/** The first acknowledged attempt, or -1. */
export const firstAcked = (view: View, record: number): number => {
  for (const entry of attemptsOf(view, record)) if (isOk(view, entry)) return entry;
  return -1;
};

/** A time that passed, in words: never "0 ms" where any did. */
export const millisecondWords = (milliseconds: number): string =>
  milliseconds > 0 && milliseconds < 1 ? 'less than 1 ms' : `${Math.round(milliseconds)} ms`;

/** Each line once, in order. */
export const inOrder = (lines: Iterable<number>): readonly number[] =>
  [...new Set(lines)].filter((line) => line > 0).sort((a, b) => a - b);

/** What the engine said of a put that it did not acknowledge; undefined: nothing is recorded. */
export const failureOf = ({ tables }: View, entry: number): Failure | undefined =>
  tables.failures.at(tables.entryFailure.get(entry) ?? tables.opFailure.get(tables.entryOp.at(entry)) ?? -1);

/** The failures of all attempts of a record, each once, in the order in which they were sent. */
export const failuresOf = (view: View, record: number): readonly Failure[] => {
  const failures = new Set<Failure>();
  for (const entry of attemptsOf(view, record)) {
    const failure = failureOf(view, entry);
    if (failure !== undefined) failures.add(failure);
  }
  return [...failures];
};

/** The most UTF-16 units of an engine's words in a sentence; the evidence holds them whole. */
const wordsMax = 300;

/** `ValidationException: the engine's words`, in one line. */
export const failureWords = ({ error, message }: Failure): string => {
  const text = message === undefined || message === '' ? error : `${error}: ${message}`;
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return shortened(line, wordsMax);
};

/** ` (ValidationException: the engine's words)`; nothing where nothing is recorded. */
export const quoteOf = (failures: readonly (Failure | undefined)[]): string => {
  const words = [...new Set(failures.filter((one) => one !== undefined).map(failureWords))];
  return words.length === 0 ? '' : ` (${words.slice(0, quotedMax).join('; ')}${words.length > quotedMax ? '; …' : ''})`;
};

const quotedMax = 3;

/** Failures as fields of the evidence: the last of them, and up to three before it. */
export const failureFields = (failures: readonly (Failure | undefined)[]): Readonly<Record<string, unknown>> => {
  const all = failures.filter((one) => one !== undefined);
  const last = all.at(-1);
  const before = all.slice(0, -1).slice(-quotedMax);
  return last === undefined ? {} : { ...last, ...(before.length === 0 ? {} : { before }) };
};

/** A count with its noun. The sentences of findings write all numbers plainly, without commas. */
export const several = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

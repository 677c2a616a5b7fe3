import type { Limits } from '../model/limits.ts';
import { type PutRecordInput, sizeOf } from '../model/put-fits.ts';
import type { Drive, SeenCall } from './subject.ts';

/**
 * How a drive broke a law, in one sentence; undefined if it did not. All functions here are pure, so that a recorded
 * drive can be checked again.
 */
export const overLimit = (limits: Limits, { calls }: Drive): string | undefined => {
  for (const [index, { entries }] of calls.entries()) {
    const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (entries.length === 0) return `call ${index + 1} has no records`;
    if (entries.length > limits.records)
      return `call ${index + 1} has ${entries.length} records, the limit is ${limits.records}`;
    if (bytes > limits.requestBytes)
      return `call ${index + 1} has ${bytes} bytes with its keys, the limit is ${limits.requestBytes}`;
    const large = entries.find(
      (entry) => sizeOf(entry) > limits.recordBytes || entry.key.length > limits.keyCharacters,
    );
    if (large !== undefined) return `call ${index + 1} has a record over a limit: ${nameOf(large)}`;
  }
  return undefined;
};

/** Each record is sent once, and nothing else is sent. Records are recognised by object. */
export const lostOrRepeated = ({ given, refused, calls }: Drive): string | undefined => {
  const sent = new Map<PutRecordInput, number>();
  for (const entry of calls.flatMap(({ entries }) => entries)) sent.set(entry, (sent.get(entry) ?? 0) + 1);
  for (const record of given) {
    const times = sent.get(record) ?? 0;
    sent.delete(record);
    if (times === 0 && !refused.has(record)) return `${nameOf(record)} was never sent`;
    if (times > 1) return `${nameOf(record)} was sent ${times} times`;
  }
  const [foreign] = sent.keys();
  return foreign === undefined
    ? undefined
    : `${nameOf(foreign)} was sent and never given (send the very object that was added)`;
};

/** The calls have the records of a key in the order in which they were added. */
export const reordered = ({ given, calls }: Drive): string | undefined => {
  const place = new Map(given.map((record, index) => [record, index]));
  const last = new Map<string, number>();
  for (const entry of calls.flatMap(({ entries }) => entries)) {
    const index = place.get(entry) ?? -1;
    if (index < (last.get(entry.key) ?? -1))
      return `${nameOf(entry)} (given as ${index + 1}.) was sent behind a later one of its key`;
    last.set(entry.key, index);
  }
  return undefined;
};

/** A record that failed is sent again before newer records of its key, except those of the same call. */
export const overtaken = ({ given, calls }: Drive): string | undefined => {
  const place = new Map(given.map((record, index) => [record, index]));
  const waiting = new Map<string, Set<PutRecordInput>>();
  for (const { entries, isFailed } of calls) {
    const own = new Set(entries);
    for (const entry of entries)
      for (const older of waiting.get(entry.key) ?? [])
        if (!own.has(older) && (place.get(older) ?? 0) < (place.get(entry) ?? 0))
          return `${nameOf(entry)} was sent while an older one of its key, given as ${(place.get(older) ?? 0) + 1}., had failed and was not stored`;
    for (const [index, entry] of entries.entries()) {
      const failed = waiting.get(entry.key) ?? new Set();
      if (isFailed[index] === true) failed.add(entry);
      else failed.delete(entry);
      waiting.set(entry.key, failed);
    }
  }
  const [left] = [...waiting.values()].flatMap((failed) => [...failed]);
  return left === undefined ? undefined : `${nameOf(left)} failed and was never stored`;
};

/** Refused are exactly the records that can never fit. Each message contains the record's key. */
export const wronglyRefused = (
  { refused, calls }: Drive,
  impossible: ReadonlySet<PutRecordInput>,
): string | undefined => {
  const sent = new Set(calls.flatMap(({ entries }) => entries));
  for (const record of impossible) {
    if (sent.has(record)) return `${nameOf(record)} can never fit and was sent`;
    const words = refused.get(record);
    if (words === undefined) return `${nameOf(record)} can never fit and was dropped in silence`;
    if (!words.includes(record.key.slice(0, 20)))
      return `${nameOf(record)} was refused without its key: ${words.slice(0, 200)}`;
  }
  const [other] = [...refused].filter(([record]) => !impossible.has(record));
  return other === undefined ? undefined : `${nameOf(other[0])} fits and was refused: ${other[1].slice(0, 200)}`;
};

/** No record waits longer than the limit while time passes. */
export const late = ({ givenAtMs, calls }: Drive, maxBufferedMs: number): string | undefined => {
  for (const { entries, atMs } of calls)
    for (const entry of entries) {
      const waited = atMs - (givenAtMs.get(entry) ?? atMs);
      if (waited > maxBufferedMs) return `${nameOf(entry)} waited ${waited} ms, the bound is ${maxBufferedMs}`;
    }
  return undefined;
};

/** No two neighbouring calls would fit into one, unless time closed the first. */
export const wasteful = (limits: Limits, { calls }: Drive): string | undefined => {
  for (const [index, call] of calls.entries()) {
    const next = calls[index + 1];
    if (next === undefined || call.during === 'tick') continue;
    if (fit(limits, call, next))
      return `calls ${index + 1} and ${index + 2} (${call.entries.length} and ${next.entries.length} records) fit into one`;
  }
  return undefined;
};

const fit = (limits: Limits, a: SeenCall, b: SeenCall): boolean => {
  const both = [...a.entries, ...b.entries];
  return both.length <= limits.records && both.reduce((sum, entry) => sum + sizeOf(entry), 0) <= limits.requestBytes;
};

const nameOf = (record: PutRecordInput): string => {
  const key = record.key.length > 24 ? `${record.key.slice(0, 24)}… (${record.key.length} characters)` : record.key;
  return `the record of key ${JSON.stringify(key)} with ${record.data.byteLength} bytes`;
};

import type { AnomalyId } from '../../model/anomaly.ts';

/** Histories as text, a line each: what a file may hold is part of what is held here. */
export const head = (more = ''): string =>
  `{"type":"head","format":"kinesis-order-history","version":1,"run":"r"${more}}`;

export const put = (op: number, n: number | string, more = '', t: number | string = op * 10): string =>
  `{"t":${t},"type":"put","op":${op},"producer":"p","api":"PutRecord","entries":[{"key":"a","n":${n}${more}}]}`;

export const ok = (op: number, seq: unknown, t = op * 10 + 5): string =>
  `{"t":${t},"type":"ack","op":${op},"outcome":"ok","results":[{"shard":"s","seq":${JSON.stringify(seq)}}]}`;

export const info = (op: number): string => `{"t":${op * 10 + 5},"type":"ack","op":${op},"outcome":"info"}`;

export const final = '{"t":100,"type":"reader","reader":"f","role":"final"}';

export const read = (seq: unknown, n: number): object => ({ seq, key: 'a', producer: 'p', n });

export const page = (records: readonly object[], more = ''): string =>
  `{"t":110,"type":"page","reader":"f","chain":1,"shard":"s","from":{"type":"TRIM_HORIZON"},"records":${JSON.stringify(records)},"more":true${more}}`;

export const topology = (shard: string): string =>
  `{"t":1,"type":"topology","status":"ACTIVE","shards":[{"shard":"s",${shard}}]}`;

export const whole = '"range":["0","340282366920938463463374607431768211455"],"parents":[]';

export const end = '{"t":200,"type":"end","reason":"completed"}';

export const text = (lines: readonly string[], newline = '\n'): string => lines.join(newline) + newline;

/** Two serial puts, both read: everything holds. Lines: 1 head, 2 put, 3 ack, 4 put, 5 ack, 6 reader, 7 page, 8 end. */
export const sound = [
  head(),
  put(1, 0),
  ok(1, '1'),
  put(2, 1),
  ok(2, '2'),
  final,
  page([read('1', 0), read('2', 1)]),
  end,
];

/** The same in the other order: what the reader meets, and what was acknowledged. */
export const reordered = (more = ''): readonly string[] => [
  head(more),
  put(1, 0),
  ok(1, '2'),
  put(2, 1),
  ok(2, '1'),
  final,
  page([read('1', 1), read('2', 0)]),
  end,
];

/** One line replaced, counted from 1. */
export const instead = (line: number, by: string): string =>
  text(sound.map((own, index) => (index === line - 1 ? by : own)));

/** Lines put in before a line, counted from 1. */
export const before = (line: number, ...lines: readonly string[]): string =>
  text([...sound.slice(0, line - 1), ...lines, ...sound.slice(line - 1)]);

/** A verdict, or the line that the error must name. */
export type Expected = 'holds' | 'unknown' | 'violated' | `line ${number}`;

export type Said = {
  readonly verdict: 'holds' | 'unknown' | 'violated';
  readonly violated?: readonly AnomalyId[];
  /** Unknown although the guards of the whole history are silent; left out where they are not. */
  readonly unknown?: readonly AnomalyId[];
  readonly notApplicable?: readonly AnomalyId[];
  /** Claims with findings that do not violate. */
  readonly found?: readonly AnomalyId[];
};

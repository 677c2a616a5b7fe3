import { cut } from '../lib/cut.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { show } from './shape-words.ts';
import { shapes } from './shapes.ts';

/**
 * One line, decoded and held against the format. `undefined` for a type that this version does not know: readers
 * ignore it. Throws `historyError` for a broken line; whether lines fit together (an ack and its op) is the judge's to
 * see.
 */
export const decodeLine = (text: string, line: number): Head | HistoryEvent | undefined => {
  const value = parse(text, line);
  if (!isFields(value)) throw historyError(line, 'not a JSON object');
  return decodeValue(text.includes('null') ? present(value) : value, line);
};

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What nobody but its writer looks into: null may mean something there. */
const closed: ReadonlySet<string> = new Set(['scenario', 'versions', 'deviations', 'detail']);

/**
 * Writers in other languages spell a field that is absent as null: it is absent all the same, in a line and in what it
 * lists.
 */
export const present = (value: Fields): Fields => {
  const kept: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) if (field !== null) kept.push([name, inside(name, field)]);
  return Object.fromEntries(kept);
};

const inside = (name: string, field: unknown): unknown => {
  if (closed.has(name)) return field;
  if (Array.isArray(field)) return field.map((item) => (isFields(item) ? present(item) : item));
  return isFields(field) ? present(field) : field;
};

/** The same for a line that is already parsed. */
export const decodeValue = (value: Fields, line: number): Head | HistoryEvent | undefined => {
  const type = value['type'];
  if (typeof type !== 'string') throw historyError(line, `type: expected a string, got ${show(type)}`);
  const shape = Object.hasOwn(shapes, type) ? shapes[type as keyof typeof shapes] : undefined;
  if (shape === undefined) return undefined;
  if (type !== 'head' && !Number.isSafeInteger(value['t'])) {
    throw historyError(line, `t: expected whole microseconds since the start of the run, got ${show(value['t'])}`);
  }
  const broken = shape(value);
  if (broken !== undefined) throw historyError(line, broken);
  return (type === 'put' ? withKeys(value) : value) as unknown as Head | HistoryEvent;
};

/** A record without a partition key has an empty one, which Kinesis takes from nobody. */
const withKeys = (put: Fields): Fields => {
  const isKeyed = (item: unknown): boolean => (item as Fields)['key'] !== undefined;
  const { entries, parts = [] } = put as Readonly<Record<'entries' | 'parts', readonly Fields[] | undefined>>;
  if (entries?.every(isKeyed) !== false && parts.every(isKeyed)) return put;
  const keyed = (items: readonly Fields[]): readonly Fields[] => items.map((item) => ({ key: '', ...item }));
  return { ...put, entries: keyed(entries ?? []), ...(put['parts'] === undefined ? {} : { parts: keyed(parts) }) };
};

const parse = (text: string, line: number): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw historyError(line, `not JSON: ${JSON.stringify(cut(text, 60))}${text.length > 60 ? '…' : ''}`);
  }
};

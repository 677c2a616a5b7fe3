import { cut } from '../lib/cut.ts';
import type { HistoryLine } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { show } from './shape-words.ts';
import { shapes } from './shapes.ts';

/**
 * Decodes one line and validates its fields. Returns undefined for an unknown type, which readers ignore. Throws
 * `historyError` for a broken line. The judge checks whether lines fit together (an ack and its op).
 */
export const decodeLine = (text: string, line: number): HistoryLine | undefined => {
  const value = parse(text, line);
  if (!isFields(value)) throw historyError(line, 'not a JSON object');
  return decodeValue(text.includes('null') ? present(value) : value, line);
};

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only the writer interprets the values of these fields, so null may have a meaning there. */
const closed: ReadonlySet<string> = new Set(['scenario', 'versions', 'deviations', 'detail']);

/**
 * Drops fields that are null, also inside objects and lists: writers in other languages write null for an absent
 * field.
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

/** As `decodeLine`, for a line that is parsed already and has no null fields (`present`). */
export const decodeValue = (value: Fields, line: number): HistoryLine | undefined => {
  const type = value['type'];
  if (typeof type !== 'string') throw historyError(line, `type: expected a string, got ${show(type)}`);
  const shape = Object.hasOwn(shapes, type) ? shapes[type as keyof typeof shapes] : undefined;
  if (shape === undefined) return undefined;
  if (type !== 'head' && !Number.isSafeInteger(value['t'])) {
    throw historyError(line, `t: expected whole microseconds since the start of the run, got ${show(value['t'])}`);
  }
  const broken = shape(value);
  if (broken !== undefined) throw historyError(line, broken);
  return (type === 'put' ? withKeys(value) : value) as unknown as HistoryLine;
};

/** Gives a record without a partition key an empty one. No producer can send that: Kinesis rejects it. */
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

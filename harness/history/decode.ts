import type { Head, HistoryEvent } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { shapes } from './shapes.ts';

/**
 * One line, decoded and held against the format. `undefined` for a type that this version does not know: readers ignore it.
 * Throws `historyError` for a broken line; whether lines fit together (an ack and its op) is the judge's to see.
 */
export const decodeLine = (text: string, line: number): Head | HistoryEvent | undefined => {
  const value = parse(text, line);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw historyError(line, 'not a JSON object');
  return decodeValue(value as Readonly<Record<string, unknown>>, line);
};

/** The same for a line that is already parsed. */
export const decodeValue = (
  value: Readonly<Record<string, unknown>>,
  line: number,
): Head | HistoryEvent | undefined => {
  const type = value['type'];
  if (typeof type !== 'string') throw historyError(line, `type: expected a text, got ${show(type)}`);
  if (type !== 'head' && !Number.isSafeInteger(value['t'])) {
    throw historyError(line, `t: expected whole microseconds since the start of the run, got ${show(value['t'])}`);
  }
  const shape = Object.hasOwn(shapes, type) ? shapes[type as keyof typeof shapes] : undefined;
  if (shape === undefined) return undefined;
  const broken = shape(value);
  if (broken !== undefined) throw historyError(line, broken);
  return value as unknown as Head | HistoryEvent;
};

const parse = (text: string, line: number): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw historyError(line, `not JSON: ${JSON.stringify(text.slice(0, 60))}${text.length > 60 ? '…' : ''}`);
  }
};

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

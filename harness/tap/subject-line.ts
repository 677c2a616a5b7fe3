import { isSequenceNumber } from '../model/sequence-number.ts';
import { shortMessage } from '../model/short-message.ts';
import type { Hand } from './subject-book.ts';

/** One record that was delivered to the application. */
export type LineRecord = {
  readonly seq: string;
  readonly sub?: number;
  readonly key?: string;
  /** The payload, decoded. */
  readonly data?: Uint8Array;
  readonly digest?: string;
  readonly n?: number;
  readonly producer?: string;
};

type Place = { readonly seq?: string; readonly sub?: number; readonly batch?: string };

/** One line of a consumer under test: a delivery or a report. */
export type SubjectLine = { readonly hand: Hand } & (
  | { readonly type: 'start'; readonly at: string | undefined; readonly sub?: number }
  | { readonly type: 'deliver'; readonly batch?: string; readonly records: readonly LineRecord[] }
  | ({ readonly type: 'done' | 'failed' | 'discard'; readonly to?: string; readonly message?: string } & Place)
  | ({ readonly type: 'checkpoint'; readonly isShardEnd: boolean } & Place)
  | { readonly type: 'lost' }
  | { readonly type: 'end' }
);

/** undefined: the line is other output of the program. A string: what is wrong with the line. */
export type ReadLine = SubjectLine | string | undefined;

type Fields = Readonly<Record<string, unknown>>;

const types = ['start', 'deliver', 'done', 'failed', 'checkpoint', 'discard', 'lost', 'end'] as const;

/** A subject line is a JSON object with a known `type` and a `shard`. Anything else is other output of the program. */
export const readSubjectLine = (text: string): ReadLine => {
  const fields = objectIn(text);
  if (fields === undefined) return isCutShort(text) ? 'it is not valid JSON' : undefined;
  return subjectLineOf(fields);
};

/** Like `readSubjectLine`, for a parsed object. */
export const subjectLineOf = (fields: Fields): ReadLine => {
  if (!('shard' in fields)) return undefined;
  const type = types.find((known) => known === fields['type']);
  if (type === undefined) return undefined;
  try {
    return lineOf(type, fields);
  } catch (thrown) {
    if (thrown instanceof WrongField) return `${type}: ${thrown.message}`;
    throw thrown;
  }
};

/**
 * True for a text that begins like a subject line. It is called for texts that are not valid JSON: such a line was cut
 * short or damaged.
 */
const isCutShort = (text: string): boolean =>
  /^\s*\{\s*"type"\s*:\s*"(start|deliver|done|failed|checkpoint|discard|lost|end)"/.test(text);

class WrongField extends Error {}

const lineOf = (type: (typeof types)[number], fields: Fields): SubjectLine => {
  const hand = handOf(fields);
  if (type === 'lost' || type === 'end') return { type, hand };
  if (type === 'start') return { type, hand, at: textIn(fields, 'at', true), ...subOf(fields) };
  if (type === 'deliver') return { type, hand, ...batchOf(fields), records: recordsOf(fields['records']) };
  if (type === 'checkpoint') return checkpointOf(hand, fields);
  const [to, message] = [textIn(fields, 'to', true), textIn(fields, 'message', true)];
  const place = placeOf(fields);
  if (type !== 'failed' && place.seq === undefined && place.batch === undefined)
    throw new WrongField('seq and batch are missing: it needs one of them');
  return {
    type,
    hand,
    ...place,
    ...(to === undefined ? {} : { to }),
    ...(message === undefined ? {} : { message: shortMessage(message) }),
  };
};

const nameMax = 200;

const checkpointOf = (hand: Hand, fields: Fields): SubjectLine => {
  const isShardEnd = fields['at'] === 'SHARD_END' || fields['seq'] === 'SHARD_END';
  if (isShardEnd) return { type: 'checkpoint', hand, isShardEnd };
  const place = placeOf(fields);
  if (place.seq === undefined && place.batch === undefined)
    throw new WrongField('it needs seq, batch or at: SHARD_END');
  return { type: 'checkpoint', hand, isShardEnd, ...place };
};

const handOf = (fields: Fields): Hand => {
  const [shard, worker, lane] = [textIn(fields, 'shard'), textIn(fields, 'worker', true), fields['lane']];
  if (lane !== undefined && typeof lane !== 'string' && !Number.isSafeInteger(lane))
    throw wrong('lane', 'a string or a whole number', lane);
  return {
    shard,
    ...(worker === undefined ? {} : { worker }),
    ...(lane === undefined ? {} : { lane: lane as string | number }),
  };
};

const placeOf = (fields: Fields): Place => {
  const given = fields['seq'];
  if (given !== undefined && !isSequenceNumber(given)) throw wrong('seq', 'a decimal number as a string', given);
  return { ...(given === undefined ? {} : { seq: given }), ...subOf(fields), ...batchOf(fields) };
};

const subOf = (fields: Fields): { readonly sub?: number } => {
  const { sub } = fields;
  if (sub === undefined || sub === null) return {};
  if (!Number.isSafeInteger(sub) || (sub as number) < 0) throw wrong('sub', 'a whole number', sub);
  return { sub: sub as number };
};

const batchOf = (fields: Fields): { readonly batch?: string } => {
  const { batch } = fields;
  if (batch === undefined || batch === null) return {};
  if (typeof batch !== 'string' && typeof batch !== 'number') throw wrong('batch', 'a string or a number', batch);
  return { batch: String(batch).slice(0, nameMax) };
};

const recordsOf = (value: unknown): readonly LineRecord[] => {
  if (!Array.isArray(value)) throw wrong('records', 'a list', value);
  return value.map((record: unknown, index) => {
    if (typeof record !== 'object' || record === null) throw wrong(`records[${index}]`, 'an object', record);
    try {
      return recordOf(record as Fields);
    } catch (thrown) {
      throw thrown instanceof WrongField ? new WrongField(`records[${index}].${thrown.message}`) : thrown;
    }
  });
};

const recordOf = (fields: Fields): LineRecord => {
  const { seq, data, n } = fields;
  if (!isSequenceNumber(seq)) throw wrong('seq', 'a decimal number as a string', seq);
  if (data !== undefined && data !== null && typeof data !== 'string') throw wrong('data', 'base64', data);
  const [key, digest, producer] = ['key', 'digest', 'producer'].map((name) => textIn(fields, name, true));
  if (digest !== undefined && !/^[0-9a-f]{16}$/.test(digest))
    throw wrong('digest', 'the first 16 hex characters of SHA-256', digest);
  if (n !== undefined && !Number.isSafeInteger(n)) throw wrong('n', 'a whole number', n);
  return {
    seq,
    ...subOf(fields),
    ...(key === undefined ? {} : { key }),
    ...(typeof data === 'string' ? { data: Buffer.from(data, 'base64') } : {}),
    ...(digest === undefined ? {} : { digest }),
    ...(n === undefined ? {} : { n: n as number }),
    ...(producer === undefined ? {} : { producer }),
  };
};

function textIn(fields: Fields, name: string): string;
function textIn(fields: Fields, name: string, isOptional: true): string | undefined;
function textIn(fields: Fields, name: string, isOptional = false): string | undefined {
  const value = fields[name];
  if (typeof value === 'string' && (value !== '' || isOptional)) return value;
  if (isOptional && (value === undefined || value === null)) return undefined;
  throw wrong(name, 'a string', value);
}

const wrong = (field: string, expected: string, value: unknown): WrongField =>
  new WrongField(`${field}: expected ${expected}, got ${(JSON.stringify(value) ?? 'nothing').slice(0, 60)}`);

const objectIn = (text: string): Fields | undefined => {
  const start = text.trimStart();
  if (!start.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(start);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};

import { cut } from '../lib/cut.ts';
import { isSequenceNumber } from './sequence-number.ts';

/** What a field of an answer must be for the answer to be recorded. `?`: the field may be absent or null. */
const kinds = {
  text: (value: unknown): boolean => typeof value === 'string' && value !== '',
  'text or nothing': (value: unknown): boolean => typeof value === 'string',
  'a decimal number as text': isSequenceNumber,
  number: (value: unknown): boolean => Number.isFinite(value),
  bytes: (value: unknown): boolean => value instanceof Uint8Array || typeof value === 'string' || isJsonBuffer(value),
  'a list': Array.isArray,
  'an object': (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value),
} as const satisfies Record<string, (value: unknown) => boolean>;

/**
 * A Buffer of Node.js as JSON or CBOR, with all its bytes. kinesalite 3.3.3 sends records in this form to every client
 * that reads CBOR, and to clients that read as JSON what was put as CBOR.
 */
export const isJsonBuffer = (value: unknown): value is { readonly data: readonly number[] } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value &&
  Array.isArray(value.data) &&
  value.data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);

type Kind = keyof typeof kinds;
export type FieldKinds = Readonly<Record<string, Kind | `${Kind}?`>>;

/**
 * Describes the first field with a wrong value: `NextShardIterator is 7, expected text`. Undefined if all are right.
 */
export const wrongField = (answer: unknown, fields: FieldKinds): string | undefined => {
  if (!kinds['an object'](answer)) return `it is ${shown(answer)}, expected an object`;
  for (const name in fields) {
    const value = (answer as Readonly<Record<string, unknown>>)[name];
    const said = fields[name] as string;
    const isOptional = said.endsWith('?');
    const kind = (isOptional ? said.slice(0, -1) : said) as Kind;
    if (!(isOptional && (value === undefined || value === null)) && !kinds[kind](value))
      return `${name} is ${shown(value)}, expected ${kind.replace(' or nothing', '')}`;
  }
  return undefined;
};

/** The same for the items of a list, with the index of the item: `Records[2].SequenceNumber is …`. */
export const wrongItem = (name: string, list: readonly unknown[], fields: FieldKinds): string | undefined => {
  for (let index = 0; index < list.length; index += 1) {
    const wrong = wrongField(list[index], fields);
    if (wrong !== undefined) return `${name}[${index}]${wrong.startsWith('it is') ? wrong.slice(2) : `.${wrong}`}`;
  }
  return undefined;
};

const shownMax = 60;

const shown = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  const text = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? typeof value);
  return text.length > shownMax ? `${cut(text, shownMax)}…` : text;
};

const sequence = 'a decimal number as text';
/** The fields of answers that histories are made of. */
export const placedFields: FieldKinds = { ShardId: 'text', SequenceNumber: sequence };
export const refusedFields: FieldKinds = { ErrorCode: 'text', ErrorMessage: 'text or nothing?' };
export const recordFields: FieldKinds = { SequenceNumber: sequence, PartitionKey: 'text or nothing?', Data: 'bytes?' };
export const pageFields: FieldKinds = {
  Records: 'a list',
  NextShardIterator: 'text?',
  MillisBehindLatest: 'number?',
  ChildShards: 'a list?',
};
export const childFields: FieldKinds = { ShardId: 'text' };
export const shardFields: FieldKinds = {
  ShardId: 'text',
  ParentShardId: 'text or nothing?',
  AdjacentParentShardId: 'text or nothing?',
  HashKeyRange: 'an object',
  SequenceNumberRange: 'an object?',
};
export const hashRangeFields: FieldKinds = { StartingHashKey: sequence, EndingHashKey: sequence };
export const sequenceRangeFields: FieldKinds = {
  StartingSequenceNumber: `${sequence}?`,
  EndingSequenceNumber: `${sequence}?`,
};
export const shardListFields: FieldKinds = { Shards: 'a list', NextToken: 'text or nothing?' };
export const tagFields: FieldKinds = { Key: 'text', Value: 'text or nothing?' };
export const summaryFields: FieldKinds = {
  StreamStatus: 'text',
  StreamARN: 'text or nothing?',
  KeyId: 'text or nothing?',
  OpenShardCount: 'number?',
  RetentionPeriodHours: 'number?',
  MaxRecordSizeInKiB: 'number?',
};

import { isSequenceNumber } from '../model/sequence-number.ts';
import { head } from './head-shape.ts';
import {
  enumOf,
  isFields,
  isHashKey,
  isOptional,
  isText,
  isTexts,
  isWhole,
  oneOf,
  type Shape,
  wrong,
} from './shape-words.ts';

/**
 * What each line must look like, as plain predicates: a schema library took longer for a line than parsing it. A shape
 * returns what is wrong, or undefined. `schema.ts` states the same as a schema, from which the JSON Schema and the docs
 * are rendered; a property test holds both together.
 */
const put: Shape = (value) => {
  if (!isWhole(value['op'])) return wrong('op', 'a whole number', value['op']);
  const api = oneOf('api', value['api'], ['PutRecord', 'PutRecords']);
  if (api !== undefined) return api;
  if (!isOptional(value['producer'], isText)) return wrong('producer', 'a string', value['producer']);
  if (!isOptional(value['due'], Number.isSafeInteger)) return wrong('due', 'whole microseconds', value['due']);
  const parts = value['parts'];
  if (!isOptional(parts, Array.isArray)) return wrong('parts', 'a list', parts);
  const broken = (parts as unknown[] | undefined)?.findIndex((part) => !isPart(part)) ?? -1;
  if (broken >= 0) return wrong(`parts[${broken}]`, 'an object with key and hash', (parts as unknown[])[broken]);
  const entries = value['entries'];
  if (!Array.isArray(entries)) return wrong('entries', 'a list', entries);
  return putEntries(entries, (parts as unknown[] | undefined)?.length ?? 0);
};

const isPart = (part: unknown): boolean =>
  isFields(part) && isOptional(part['key'], isText) && isOptional(part['hash'], isHashKey);

const putEntries = (entries: readonly unknown[], parts: number): string | undefined => {
  for (let index = 0; index < entries.length; index += 1) {
    const broken = putEntry(entries[index], parts);
    if (broken !== undefined) return `entries[${index}].${broken}`;
  }
  return undefined;
};

const putEntry = (entry: unknown, parts: number): string | undefined => {
  if (!isFields(entry)) return wrong('', 'an object', entry);
  for (const field of ['key', 'flow', 'producer'])
    if (entry[field] !== undefined && !isText(entry[field])) return wrong(field, 'a string', entry[field]);
  if (entry['n'] !== undefined && !isWhole(entry['n'])) return wrong('n', 'a whole number', entry['n']);
  if (entry['digest'] !== undefined && !isText(entry['digest'])) return wrong('digest', 'a string', entry['digest']);
  if (entry['hash'] !== undefined && !isHashKey(entry['hash']))
    return wrong('hash', 'a decimal hash key', entry['hash']);
  if (entry['after'] !== undefined && !isSequenceNumber(entry['after'])) {
    return wrong('after', 'a decimal sequence number', entry['after']);
  }
  if (!isOptional(entry['due'], Number.isSafeInteger)) return wrong('due', 'whole microseconds', entry['due']);
  const part = entry['part'];
  if (part !== undefined && !(isWhole(part) && part < parts)) return wrong('part', `an index below ${parts}`, part);
  return undefined;
};

const ack: Shape = (value) => {
  if (!isWhole(value['op'])) return wrong('op', 'a whole number', value['op']);
  const outcome = oneOf('outcome', value['outcome'], ['ok', 'fail', 'info']);
  if (outcome !== undefined) return outcome;
  if (!isOptional(value['attempts'], isWhole)) return wrong('attempts', 'a whole number', value['attempts']);
  if (value['outcome'] !== 'ok') return undefined;
  const results = value['results'];
  if (!Array.isArray(results)) return wrong('results', 'a list', results);
  for (let index = 0; index < results.length; index += 1) {
    const broken = putResult(results[index]);
    if (broken !== undefined) return `results[${index}].${broken}`;
  }
  return undefined;
};

const putResult = (result: unknown): string | undefined => {
  if (!isFields(result)) return wrong('', 'an object', result);
  if (isText(result['error'])) return undefined;
  if (!isText(result['shard'])) return wrong('shard', 'a string', result['shard']);
  if (!isSequenceNumber(result['seq'])) return wrong('seq', 'a decimal sequence number', result['seq']);
  return isOptional(result['sub'], isWhole) ? undefined : wrong('sub', 'a whole number', result['sub']);
};

const reader: Shape = (value) => {
  if (!isText(value['reader'])) return wrong('reader', 'a string', value['reader']);
  for (const field of ['group', 'of'])
    if (!isOptional(value[field], isText)) return wrong(field, 'a string', value[field]);
  if (!isOptional(value['filter'], (filter) => typeof filter === 'boolean'))
    return wrong('filter', 'true or false', value['filter']);
  return (
    enumOf('role', value['role'], ['live', 'final', 'subject']) ??
    enumOf('aggregates', value['aggregates'], ['kcl', 'raw']) ??
    owes(value['owes'])
  );
};

const owes = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (!isFields(value)) return wrong('owes', 'an object', value);
  const { from, shards, until } = value;
  const isAt = isFields(from) && typeof from['at'] === 'number';
  if (!isAt && !isOptional(from, (at) => at === 'TRIM_HORIZON' || at === 'LATEST'))
    return wrong('owes.from', '"TRIM_HORIZON", "LATEST" or {"at": Unix milliseconds}', from);
  if (!isOptional(shards, (list) => list === 'all' || isTexts(list)))
    return wrong('owes.shards', '"all" or a list of shard ids', shards);
  return enumOf('owes.until', until, ['done', 'acked']);
};

const subjectEvents = ['start', 'done', 'failed', 'checkpoint', 'discard', 'lost', 'end', 'complete'];

const subject: Shape = (value) => {
  if (!isText(value['reader'])) return wrong('reader', 'a string', value['reader']);
  for (const field of ['worker', 'shard'])
    if (!isOptional(value[field], isText)) return wrong(field, 'a string', value[field]);
  if (!isOptional(value['seq'], isSequenceNumber)) return wrong('seq', 'a decimal sequence number', value['seq']);
  if (!isOptional(value['sub'], isWhole)) return wrong('sub', 'a whole number', value['sub']);
  return oneOf('event', value['event'], subjectEvents);
};

const page: Shape = (value) => {
  if (!isText(value['reader'])) return wrong('reader', 'a string', value['reader']);
  if (!isWhole(value['chain'])) return wrong('chain', 'a whole number', value['chain']);
  if (!isText(value['shard'])) return wrong('shard', 'a string', value['shard']);
  if (!isOptional(value['t0'], Number.isSafeInteger)) return wrong('t0', 'whole microseconds', value['t0']);
  if (!isOptional(value['behind'], (behind) => behind === null || typeof behind === 'number')) {
    return wrong('behind', 'milliseconds', value['behind']);
  }
  if (!isOptional(value['more'], (more) => typeof more === 'boolean'))
    return wrong('more', 'true or false', value['more']);
  if (!isOptional(value['children'], isTexts)) return wrong('children', 'a list of shard ids', value['children']);
  if (!isOptional(value['worker'], isText)) return wrong('worker', 'a string', value['worker']);
  if (!isOptional(value['lane'], (lane) => isText(lane) || typeof lane === 'number'))
    return wrong('lane', 'a string or a number', value['lane']);
  const from = value['from'] === undefined ? undefined : iteratorStart(value['from']);
  if (from !== undefined) return `from.${from}`;
  const records = value['records'] === undefined ? [] : value['records'];
  if (!Array.isArray(records)) return wrong('records', 'a list', records);
  return readRecords(records);
};

const starts = ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'AT_TIMESTAMP', 'UNKNOWN'];

const iteratorStart = (from: unknown): string | undefined => {
  if (!isFields(from)) return wrong('', 'an object', from);
  const type = oneOf('type', from['type'], starts);
  if (type !== undefined) return type;
  const needsSeq = from['type'] === 'AT_SEQUENCE_NUMBER' || from['type'] === 'AFTER_SEQUENCE_NUMBER';
  if ((needsSeq || from['seq'] !== undefined) && !isSequenceNumber(from['seq'])) {
    return wrong('seq', 'a decimal sequence number', from['seq']);
  }
  if (!isOptional(from['sub'], isWhole)) return wrong('sub', 'a whole number', from['sub']);
  if (from['type'] === 'AT_TIMESTAMP' && typeof from['at'] !== 'number')
    return wrong('at', 'Unix milliseconds', from['at']);
  for (const field of ['t0', 't']) {
    if (!isOptional(from[field], Number.isSafeInteger)) return wrong(field, 'whole microseconds', from[field]);
  }
  return undefined;
};

const readRecords = (records: readonly unknown[]): string | undefined => {
  for (let index = 0; index < records.length; index += 1) {
    const broken = readRecord(records[index]);
    if (broken !== undefined) return `records[${index}].${broken}`;
  }
  return undefined;
};

const readRecord = (record: unknown): string | undefined => {
  if (!isFields(record)) return wrong('', 'an object', record);
  if (!isSequenceNumber(record['seq'])) return wrong('seq', 'a decimal sequence number', record['seq']);
  if (record['n'] !== undefined && !isWhole(record['n'])) return wrong('n', 'a whole number', record['n']);
  if (record['sub'] !== undefined && !isWhole(record['sub'])) return wrong('sub', 'a whole number', record['sub']);
  for (const field of ['key', 'flow', 'idKey', 'producer', 'digest'] as const) {
    if (record[field] !== undefined && !isText(record[field])) return wrong(field, 'a string', record[field]);
  }
  const arrival = record['arrival'];
  return isOptional(arrival, (at) => typeof at === 'number')
    ? undefined
    : wrong('arrival', 'Unix milliseconds', arrival);
};

const topology: Shape = (value) => {
  if (!isOptional(value['status'], isText)) return wrong('status', 'a string', value['status']);
  const shards = value['shards'];
  if (!Array.isArray(shards)) return wrong('shards', 'a list', shards);
  for (let index = 0; index < shards.length; index += 1) {
    const broken = shardInfo(shards[index]);
    if (broken !== undefined) return `shards[${index}].${broken}`;
  }
  return undefined;
};

const shardInfo = (shard: unknown): string | undefined => {
  if (!isFields(shard)) return wrong('', 'an object', shard);
  if (!isText(shard['shard'])) return wrong('shard', 'a string', shard['shard']);
  const range = shard['range'];
  if (!Array.isArray(range) || range.length !== 2 || !range.every(isHashKey)) {
    return wrong('range', 'first and last decimal hash key', range);
  }
  if (!isOptional(shard['parents'], isTexts)) return wrong('parents', 'a list of shard ids', shard['parents']);
  const seq = shard['seq'];
  if (!isOptional(seq, (pair) => Array.isArray(pair) && isSequenceNumber(pair[0]) && isEnding(pair[1]))) {
    return wrong('seq', 'starting and ending decimal sequence number', seq);
  }
  return undefined;
};

const isEnding = (ending: unknown): boolean => ending === null || ending === undefined || isSequenceNumber(ending);

const reshard: Shape = (value) => {
  if (!isWhole(value['id'])) return wrong('id', 'a whole number', value['id']);
  if (!isOptional(value['shards'], isTexts)) return wrong('shards', 'a list of shard ids', value['shards']);
  const at = value['newStartingHashKey'];
  if (!isOptional(at, isHashKey)) return wrong('newStartingHashKey', 'a decimal hash key', at);
  return oneOf('phase', value['phase'], ['invoke', 'ok', 'fail', 'info']);
};

const fault: Shape = (value) =>
  isText(value['fault'])
    ? oneOf('phase', value['phase'], ['armed', 'fired', 'never-fired'])
    : wrong('fault', 'a string', value['fault']);

const phase: Shape = (value) => oneOf('phase', value['phase'], ['load', 'heal', 'seal', 'drain', 'done']);
const note: Shape = (value) => (isText(value['text']) ? undefined : wrong('text', 'a string', value['text']));
const wholeOrAbsent = (name: string, value: Parameters<Shape>[0]): ReturnType<Shape> =>
  isOptional(value[name], isWhole) ? undefined : wrong(name, 'a whole number', value[name]);
const end: Shape = (value) =>
  oneOf('reason', value['reason'], ['completed', 'interrupted', 'failed']) ??
  wholeOrAbsent('neverSent', value) ??
  wholeOrAbsent('leftOut', value);

export const shapes = {
  head,
  put,
  ack,
  reader,
  page,
  subject,
  topology,
  reshard,
  fault,
  phase,
  note,
  end,
} satisfies Record<string, Shape>;

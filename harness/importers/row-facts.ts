import { digestOf } from '../model/digest.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { counterOf } from '../tap/identity/counter.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import type { Fact } from './fact.ts';
import type { Field } from './fields.ts';
import type { Before } from './json-values.ts';
import type { Mapping } from './mapping.ts';
import type { Getter, Path } from './path.ts';
import { payloadOf } from './payload.ts';
import { readTime } from './read-time.ts';
import type { Tally } from './tally.ts';

export type RowFactOptions = {
  readonly mapping: Mapping;
  readonly getter: (path: Path) => Getter;
  readonly isPut: boolean;
  readonly identify: Identify | undefined;
  readonly tally: Tally;
};

/** `again`: the same row with its long numbers as texts, where a parser has rounded them. */
export type TakeRow = (
  row: unknown,
  line: number,
  before: Before | undefined,
  again?: () => unknown,
) => Fact | undefined;

type Values = { readonly [field in Field]: (row: unknown, before: Before | undefined) => unknown };

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** A row becomes a fact, or is counted as something else. */
export const rowFacts = ({ mapping, getter, isPut, identify, tally }: RowFactOptions): TakeRow => {
  const valueOf = (field: Field): Values[Field] => {
    const path = mapping[field];
    const get = path === undefined ? undefined : getter(path);
    return (row, before) => {
      const value = get?.(row);
      return value === undefined ? before?.[field] : value;
    };
  };
  const [seqOf, shardOf, keyOf, flowOf, nOf] = [
    valueOf('seq'),
    valueOf('shard'),
    valueOf('key'),
    valueOf('flow'),
    valueOf('n'),
  ];
  const [timeOf, subOf, producerOf, digest] = [valueOf('time'), valueOf('sub'), valueOf('producer'), valueOf('digest')];
  const [workerOf, arrivalOf, dataOf, errorOf, apiOf] = [
    valueOf('worker'),
    valueOf('arrival'),
    valueOf('data'),
    valueOf('error'),
    valueOf('api'),
  ];
  const isNumbered = mapping.seq !== undefined;
  const isCounted = mapping.n !== undefined || identify !== undefined;
  /** What makes a line one of the dump. */
  const own = [seqOf, shardOf, nOf, keyOf, flowOf, dataOf];

  const take: TakeRow = (row, line, before, again) => {
    const rawSeq = seqOf(row, before);
    if (typeof rawSeq === 'number' && !Number.isSafeInteger(rawSeq) && again !== undefined)
      return take(again(), line, before);
    const error = isPut ? textOf(errorOf(row, before)) : undefined;
    if (isNumbered && isAbsent(rawSeq) && !isPut) return missing(row, line, before, 'seq');
    const seq = typeof rawSeq === 'number' ? String(rawSeq) : typeof rawSeq === 'string' ? rawSeq.trim() : undefined;
    if (seq !== undefined && seq !== '' && !isNumber(seq)) {
      tally.noteBroken(line, `${mapping.seq?.text}: expected a sequence number, got ${shown(seq)}${roundedWords(seq)}`);
      return undefined;
    }
    const data = dataOf(row, before);
    const payload = typeof data === 'string' ? payloadOf(data) : undefined;
    const key = textOf(keyOf(row, before));
    const id = identify === undefined ? undefined : identify(payload ?? bytesOf(data ?? row), key ?? '');
    const flow = textOf(flowOf(row, before)) ?? id?.key;
    const rawN = nOf(row, before);
    const n = id?.n ?? counterOf(rawN);
    if (!isNumbered || isPut) {
      if (n === undefined && isAbsent(seq)) return missing(row, line, before, 'n');
    }
    const isNamed = n !== undefined && (key !== undefined || flow !== undefined);
    if (isCounted && !isNamed)
      tally.noteNameless(line, n === undefined ? counterWords(rawN, mapping) : 'its key is missing');
    tally.taken += 1;
    const time = readTime(timeOf(row, before));
    const shard = shardName(shardOf(row, before));
    const sub = counterOf(subOf(row, before));
    const producer = textOf(producerOf(row, before)) ?? id?.producer;
    const hash = payload === undefined ? textOf(digest(row, before)) : digestOf(payload);
    const named = {
      kind: 'read' as const,
      time,
      shard,
      seq: seq === '' ? undefined : seq,
      sub,
      key,
      flow: flow === key ? undefined : flow,
      n: isNamed ? n : undefined,
      producer,
      digest: hash,
      bytes: payload?.byteLength,
      worker: isPut ? undefined : textOf(workerOf(row, before)),
      arrival: isPut ? undefined : millis(readTime(arrivalOf(row, before))),
    };
    if (!isPut) return named;
    const api = apiOf(row, before);
    const known = api === 'PutRecord' || api === 'PutRecords' ? api : undefined;
    return { ...named, kind: 'put', error, api: known };
  };

  /** A line with none of the fields is a line of something else. */
  const missing = (row: unknown, line: number, before: Before | undefined, field: Field): undefined => {
    if (own.every((get) => isAbsent(get(row, before)))) tally.other += 1;
    else tally.noteBroken(line, `${mapping[field]?.text ?? field} is missing`);
    return undefined;
  };
  return take;
};

const isNumber = (text: string): boolean => isSequenceNumber(text);
const shown = (value: unknown): string | undefined => JSON.stringify(value)?.slice(0, 40);
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? '', 'utf8');

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** `3` is how people call shardId-000000000003. */
const shardName = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text !== undefined && text.length < 12 && /^\d+$/.test(text) ? `shardId-${text.padStart(12, '0')}` : text;
};

const millis = (micros: number | undefined): number | undefined => (micros === undefined ? undefined : micros / 1000);

const roundedWords = (seq: string): string =>
  /^\d[.,]?\d*e\+?\d+$/i.test(seq) ? ': a spreadsheet or a parser has rounded it, and its last digits are lost' : '';

const counterWords = (value: unknown, mapping: Mapping): string => {
  const where = mapping.n?.text ?? '--id';
  if (value === undefined) return `${where} is missing`;
  return `${where}: expected a whole number below 2^53, got ${shown(value)}`;
};

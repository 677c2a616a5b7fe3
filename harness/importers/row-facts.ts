import { digestOf } from '../model/digest.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { counterOf } from '../tap/identity/counter.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import type { Fact } from './fact.ts';
import { type Field, fieldNames } from './fields.ts';
import type { Before } from './json-values.ts';
import type { Mapping } from './mapping.ts';
import { type Getter, type Path, parsePath } from './path.ts';
import { payloadOf } from './payload.ts';
import { readTime } from './read-time.ts';
import { errorFields, factOf, isAbsent, putOf, shardName, textOf, type Who } from './row-parts.ts';
import type { Tally } from './tally.ts';

export type RowFactOptions = {
  readonly mapping: Mapping;
  readonly getter: (path: Path) => Getter;
  readonly isPut: boolean;
  readonly identify: Identify | undefined;
  readonly tally: Tally;
  readonly zone: string | undefined;
  /** The row as an object, in which --id looks for the counter. Default: the row itself. */
  readonly named?: ((row: unknown) => unknown) | undefined;
};

/** `again`: parses the row again with its long numbers as strings, if the parser has rounded them. */
export type TakeRow = (
  row: unknown,
  line: number,
  before: Before | undefined,
  again?: () => unknown,
) => Fact | undefined;

type Values = { readonly [field in Field]: (row: unknown, before: Before | undefined) => unknown };

/** Turns a row into a fact, or counts it as another line. */
export const rowFacts = (options: RowFactOptions): TakeRow => {
  const { mapping, isPut, tally, zone } = options;
  const of = valuesOf(options);
  const isNumbered = mapping.seq !== undefined;
  /** A line that has none of these fields is not a record. */
  const own = [of.seq, of.shard, of.n, of.key, of.flow, of.data];
  const missing = (row: unknown, line: number, before: Before | undefined, field: Field): undefined => {
    if (own.every((get) => isAbsent(get(row, before)))) tally.other += 1;
    else tally.noteBroken(line, `${mapping[field]?.text ?? field} is missing`);
    return undefined;
  };
  const whose = identities(options, of);
  const failed = isPut && mapping.error === undefined ? errorsBeside(options) : undefined;
  const take: TakeRow = (row, line, before, again) => {
    const raw = of.seq(row, before);
    const isRounded = typeof raw === 'number' && !Number.isSafeInteger(raw);
    if (isRounded && again !== undefined) return take(again(), line, before);
    if (isNumbered && !isPut && isAbsent(raw)) return missing(row, line, before, 'seq');
    const seq = numberText(raw);
    if (seq !== undefined && !isSequenceNumber(seq)) {
      tally.noteBroken(line, `${mapping.seq?.text}: expected a sequence number, got ${shown(seq)}${roundedWords(seq)}`);
      return undefined;
    }
    const who = whose(row, before);
    if (seq === undefined && who.counter === undefined) return missing(row, line, before, 'n');
    if (who.nameless !== undefined) tally.noteNameless(line, who.nameless);
    tally.taken += 1;
    const at = of.time(row, before);
    const time = readTime(at, zone);
    if (time === undefined && !isAbsent(at))
      tally.noteTimeless(line, `${mapping.time?.text ?? 'time'}: expected a time, got ${shown(at)}`);
    const read = factOf({
      ...who,
      seq,
      time,
      reader: textOf(of.reader(row, before)),
      worker: textOf(of.worker(row, before)),
      shard: shardName(of.shard(row, before)),
      sub: counterOf(of.sub(row, before)),
      arrival: readTime(of.arrival(row, before), zone),
      file: tally.file,
      line,
    });
    if (!isPut) return read;
    // A record that was stored did not fail, whatever the error field contains.
    const error = seq === undefined ? (failed?.(row) ?? of.error(row, before)) : undefined;
    return putOf(read, error, of.api(row, before));
  };
  return take;
};

const valuesOf = ({ mapping, getter }: RowFactOptions): Values =>
  Object.fromEntries(
    fieldNames.map((field) => {
      const path = mapping[field];
      const get = path === undefined ? undefined : getter(path);
      return [field, (row: unknown, before: Before | undefined) => get?.(row) ?? before?.[field]];
    }),
  ) as Values;

/** `nameless`: why the record has no identity, although other records have one. */
type Named = Who & { readonly nameless: string | undefined };

const identities = ({ mapping, identify, named = (row) => row }: RowFactOptions, of: Values) => {
  const isCounted = mapping.n !== undefined || identify !== undefined;
  return (row: unknown, before: Before | undefined): Named => {
    const data = of.data(row, before);
    const payload = typeof data === 'string' ? payloadOf(data) : undefined;
    const key = textOf(of.key(row, before));
    const id = identify?.(payload ?? bytesOf(data ?? named(row)), key ?? '');
    const flow = textOf(of.flow(row, before)) ?? id?.key;
    const raw = of.n(row, before);
    const counter = id?.n ?? counterOf(raw);
    return {
      key,
      flow,
      counter,
      producer: textOf(of.producer(row, before)) ?? id?.producer,
      digest: payload === undefined ? textOf(of.digest(row, before)) : digestOf(payload),
      bytes: payload?.byteLength,
      nameless: isCounted ? namelessWords(counter, key ?? flow, raw, mapping) : undefined,
    };
  };
};

const namelessWords = (n: number | undefined, key: string | undefined, raw: unknown, mapping: Mapping) => {
  if (n === undefined) return counterWords(raw, mapping);
  return key === undefined ? 'its key is missing' : undefined;
};

/**
 * Reads the error of a put from a field with a usual name, if no field was mapped. Errors are rare, so the first lines
 * of a log may show none.
 */
const errorsBeside = ({ getter }: RowFactOptions): Getter => {
  const getters = errorFields.flatMap((name) => {
    try {
      return [getter(parsePath(`.${name}`))];
    } catch {
      // The table has no such column.
      return [];
    }
  });
  return (row) => {
    for (const get of getters) {
      const error = get(row);
      if (!isAbsent(error)) return error;
    }
    return undefined;
  };
};

const numberText = (raw: unknown): string | undefined => {
  if (typeof raw === 'number') return String(raw);
  const text = typeof raw === 'string' ? raw.trim() : '';
  return text === '' ? undefined : text;
};

const shown = (value: unknown): string | undefined => JSON.stringify(value)?.slice(0, 40);
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? '', 'utf8');

const roundedWords = (seq: string): string =>
  /^\d[.,]?\d*e\+?\d+$/i.test(seq) ? ': a spreadsheet or a parser has rounded it, and its last digits are lost' : '';

const counterWords = (value: unknown, mapping: Mapping): string => {
  const where = mapping.n?.text;
  if (where === undefined) return '--id finds no counter in it';
  if (value === undefined) return `${where} is missing`;
  return `${where}: expected a whole number below 2^53, got ${shown(value)}`;
};

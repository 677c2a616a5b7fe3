import { isSequenceNumber } from '../model/sequence-number.ts';
import { counterOf } from '../tap/identity/counter.ts';
import { type Field, fieldNames } from './fields.ts';
import type { LineShape } from './line-shape.ts';
import { parsePath } from './path.ts';
import { readTime } from './read-time.ts';
import type { RowFactOptions } from './row-facts.ts';
import { errorFields, isAbsent, shardName, textOf } from './row-parts.ts';
import { isAllDigits, wholeNumberAt } from './scan-scalar.ts';
import type { TextMemo } from './text-memo.ts';
import type { TimeMemo } from './time-memo.ts';

/** Caches for lines of all shapes. */
export type Memos = { readonly texts: TextMemo; readonly times: TimeMemo };

type Options = Pick<RowFactOptions, 'mapping' | 'isPut' | 'zone'>;
/** Reads a value of the last matched line. */
type Read<T> = () => T | undefined;
/** Reads a value from the bytes. Undefined if it must be decoded. */
type At<T> = (bytes: Buffer, from: number, to: number) => T | undefined;

export type ShapeReads = ReturnType<typeof shapeReads>;

const given = ({ mapping }: Options): readonly Field[] => fieldNames.filter((field) => mapping[field] !== undefined);

/** The paths of the values wanted from each line: the fields, then the usual error fields of a put. */
export const wantedOf = (options: Options): readonly (readonly string[])[] => [
  ...given(options).map((field) => options.mapping[field]?.tokens ?? []),
  ...(isErrorBeside(options) ? errorFields.map((name) => parsePath(`.${name}`).tokens) : []),
];

/** Readers for each field of lines of one shape. */
export const shapeReads = (shape: LineShape, options: Options, { texts, times }: Memos) => {
  const { zone } = options;
  const fields = given(options);
  const raw = (field: Field): Read<unknown> => {
    const want = fields.indexOf(field);
    return want < 0 ? nothing : () => shape.value(want);
  };
  const read = <T>(field: Field, of: (value: unknown) => T | undefined, ofText?: At<T>, ofNumber?: At<T>): Read<T> => {
    const want = fields.indexOf(field);
    if (want < 0) return nothing;
    const stands = shape.stands(want);
    if (stands === 'constant') {
      const constant = of(shape.value(want));
      return () => constant;
    }
    const at = stands === 'text' ? ofText : stands === 'number' ? ofNumber : undefined;
    if (at === undefined) return () => of(shape.value(want));
    return () => at(shape.bytes, shape.start(want), shape.end(want)) ?? of(shape.value(want));
  };
  const text = (field: Field): Read<string> => read(field, textOf, (bytes, from, to) => texts.textAt(bytes, from, to));
  const counter = (field: Field): Read<number> => read(field, counterOf, wholeNumberAt, wholeNumberAt);
  const time = (field: Field): Read<number> =>
    read(
      field,
      (value) => readTime(value, zone),
      (bytes, from, to) => times.timeAt(bytes, from, to),
    );
  return {
    seq: read('seq', numberOf, numberAt, numberAt),
    rawSeq: raw('seq'),
    n: counter('n'),
    sub: counter('sub'),
    key: text('key'),
    flow: text('flow'),
    producer: text('producer'),
    reader: text('reader'),
    worker: text('worker'),
    digest: text('digest'),
    shard: read('shard', shardName, (bytes, from, to) => shardName(texts.textAt(bytes, from, to))),
    time: time('time'),
    arrival: time('arrival'),
    data: raw('data'),
    api: raw('api'),
    error: isErrorBeside(options) ? firstOf(shape, fields.length) : raw('error'),
  };
};

const nothing = (): undefined => undefined;

const isErrorBeside = ({ mapping, isPut }: Options): boolean => isPut && mapping.error === undefined;

const firstOf = (shape: LineShape, first: number): Read<unknown> => {
  const wants = errorFields.map((_, index) => first + index);
  return () => wants.map((want) => shape.value(want)).find((value) => !isAbsent(value));
};

const numberOf = (value: unknown): string | undefined => (isSequenceNumber(value) ? value : undefined);

const numberAt: At<string> = (bytes, from, to) =>
  to - from <= 129 && isAllDigits(bytes, from, to) ? bytes.toString('latin1', from, to) : undefined;

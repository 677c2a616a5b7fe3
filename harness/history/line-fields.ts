import { columnTypes } from '../model/line-columns.ts';
import { type Layout, layoutOf } from './layout.ts';
import { ascii } from './scan-values.ts';

/** What is known of a line while it is read field by field. */
export class Met {
  type: number = columnTypes.none;
  isBatch = false;
  /** Index where the bytes between the last value and the next one begin. */
  before: number;
  /** Index behind the line. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #literals: Uint8Array[] = [];
  readonly #what: number[] = [];
  #bits = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.before = start;
  }

  isNew(field: number): boolean {
    const bit = 1 << field;
    const isNew = (this.#bits & bit) === 0;
    this.#bits |= bit;
    return isNew;
  }

  value(field: number, at: number): void {
    this.#literals.push(this.#bytes.slice(this.before, at));
    this.#what.push(field);
  }

  layout(): Layout {
    return layoutOf([...this.#literals, this.#bytes.slice(this.before, this.end)], this.#what);
  }

  /** True if the line has all fields that its type needs, and no list of another type: two would share the columns. */
  isWhole(): boolean {
    const { needs, may } = wanted[this.type] ?? nothing;
    return (this.#bits & needs) === needs && (this.#bits & listBits & ~may) === 0 && needs !== 0;
  }
}

export const fields = {
  t: 0,
  t0: 1,
  type: 2,
  op: 3,
  chain: 4,
  behind: 5,
  more: 6,
  producer: 7,
  reader: 8,
  shard: 9,
  api: 10,
  outcome: 11,
  entries: 12,
  results: 13,
  records: 14,
  role: 15,
  parts: 16,
  from: 17,
  error: 18,
  children: 19,
  retryOf: 20,
  attempts: 21,
  worker: 22,
  lane: 23,
  due: 24,
  skipped: 25,
} as const;

const bitsOf = (...of: readonly number[]): number => of.reduce((bits, field) => bits | (1 << field), 0);
const listBits = bitsOf(fields.entries, fields.results, fields.records);
type Wanted = { readonly needs: number; readonly may: number };
const nothing: Wanted = { needs: 0, may: 0 };
const wanted: readonly Wanted[] = [
  nothing,
  { needs: bitsOf(fields.t, fields.op, fields.api, fields.entries), may: bitsOf(fields.entries) },
  { needs: bitsOf(fields.t, fields.op, fields.outcome, fields.results), may: bitsOf(fields.results) },
  { needs: bitsOf(fields.t, fields.reader, fields.shard, fields.chain), may: bitsOf(fields.records) },
];

export const isConstant = (field: number): boolean =>
  field === fields.type || field === fields.outcome || field === fields.api;

export const fieldNames: readonly Uint8Array[] = Object.keys(fields).slice(0, fields.skipped).map(ascii);
export const typeWords: readonly Uint8Array[] = ['put', 'ack', 'page'].map(ascii);
export const okWord = ascii('ok');
export const batchWord = ascii('PutRecords');
export const singleWord = ascii('PutRecord');

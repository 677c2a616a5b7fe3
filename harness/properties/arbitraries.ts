import fc from 'fast-check';
import type { Limits } from '../model/limits.ts';
import { type PutRecordInput, sizeOf } from '../model/put-fits.ts';

/**
 * Data by size. All data of one size shares its bytes, so that a megabyte costs nothing: the laws tell records apart
 * by object.
 */
const zeros = new Map<number, Uint8Array>();
const dataOf = (bytes: number): Uint8Array => {
  const found = zeros.get(bytes);
  if (found !== undefined) return found;
  const made = new Uint8Array(bytes);
  if (zeros.size > 256) zeros.clear();
  zeros.set(bytes, made);
  return made;
};

const of = (key: string, total: number): PutRecordInput => ({
  key,
  data: dataOf(Math.max(0, total - Buffer.byteLength(key))),
});

/** Keys of one character and of the most characters: ASCII, non-ASCII, astral, combining. Few, so that keys repeat. */
export const keyArbitrary = ({ keyCharacters: most }: Limits): fc.Arbitrary<string> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') },
    fc.constantFrom(
      'é',
      '漢字',
      '🚕',
      'e\u0301',
      '🚕'.repeat(Math.floor(most / 2)),
      '漢'.repeat(most),
      'k'.repeat(most),
    ),
  );

/** A record that fits: empty, small, or exactly at the limit with its key. */
export const recordArbitrary = (limits: Limits): fc.Arbitrary<PutRecordInput> =>
  fc
    .tuple(
      keyArbitrary(limits),
      fc.oneof({ withCrossShrink: true }, { weight: 8, arbitrary: smallTotal }, fc.constantFrom(...edgesOf(limits))),
    )
    .map(([key, total]) => of(key, total));

const smallTotal = fc.integer({ min: 0, max: 400 });
const edgesOf = ({ recordBytes }: Limits): readonly number[] => [
  recordBytes,
  recordBytes - 1,
  Math.floor(recordBytes / 2),
];

/**
 * A record that can never fit: one byte above the limit (by its data, or by its key alone), or a key one character
 * too long.
 */
export const oversizeArbitrary = (limits: Limits): fc.Arbitrary<PutRecordInput> =>
  fc.oneof(
    keyArbitrary(limits).map((key) => of(key, limits.recordBytes + 1)),
    fc.constant('é').map((key) => of(key, limits.recordBytes + 1)),
    fc.constant({ key: 'k'.repeat(limits.keyCharacters + 1), data: dataOf(1) }),
  );

/** Lists of records; each is an object of its own. */
export const recordsArbitrary = (limits: Limits): fc.Arbitrary<readonly PutRecordInput[]> =>
  fc.array(recordArbitrary(limits), { maxLength: 60 }).map((records) => records.map((record) => ({ ...record })));

/**
 * Lists around the two limits of a call: one record less than the most, the most, one and two more; a total of
 * exactly the most bytes, one above, one below.
 */
export const edgeLists = (limits: Limits): readonly (readonly PutRecordInput[])[] => [
  ...[-1, 0, 1, 2].map((off) =>
    Array.from({ length: limits.records + off }, (_, index) => of(index % 3 === 0 ? 'é' : 'b', 8)),
  ),
  ...['a', 'é', '🚕'].flatMap((key) => [-1, 0, 1].map((off) => fill(key, limits, off))),
];

export const edgeListArbitrary = (limits: Limits): fc.Arbitrary<readonly PutRecordInput[]> =>
  fc.constantFrom(...edgeLists(limits));

/** Bytes reserved for the last record, so that it can hold its key and the total is exact to the byte. */
const lastBytesMin = 16;

/** Records of one key whose total is the request's limit plus `off` bytes. */
const fill = (key: string, limits: Limits, off: number): readonly PutRecordInput[] => {
  const most = Math.max(1, Math.min(limits.recordBytes, limits.requestBytes - 1) - lastBytesMin);
  const records: PutRecordInput[] = [];
  let left = limits.requestBytes + off;
  while (left > 0 && records.length < limits.records) {
    const record = of(key, Math.min(left, most));
    records.push(record);
    left -= sizeOf(record);
  }
  return records;
};

/** Whether each sent entry fails: some, none, or several in a row. */
export const failuresArbitrary: fc.Arbitrary<readonly boolean[]> = fc.array(fc.boolean(), { maxLength: 40 });
/** Milliseconds before each record: steady rates, and bursts with a pause between them. */
export const ratesArbitrary: fc.Arbitrary<readonly number[]> = fc
  .record({
    perSecond: fc.constantFrom(50, 200, 1000, 2000),
    burst: fc.constantFrom(1, 5, 20),
    records: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ perSecond, burst, records }) =>
    Array.from({ length: records }, (_, index) => (index % burst === 0 ? Math.round((1000 * burst) / perSecond) : 0)),
  );
export const gapsArbitrary: fc.Arbitrary<readonly number[]> = fc.array(fc.integer({ min: 0, max: 7 }), {
  maxLength: 60,
});

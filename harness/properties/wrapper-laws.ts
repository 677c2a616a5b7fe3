import fc from 'fast-check';
import { checkedLimits, type Limits } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { edgeLists, failuresArbitrary, recordsArbitrary } from './arbitraries.ts';
import type { Law } from './batcher-laws.ts';
import { overLimit } from './broken.ts';
import { type HoldOptions, hold, holdAtEdges } from './run-law.ts';
import { driveWrapper, type MakeWrapper, type WrapperDrive } from './wrapper-subject.ts';

/**
 * The laws of a function in front of PutRecords. The function takes a list, sends it in calls, and sends failed
 * entries again.
 */
export type WrapperLawName =
  | 'no call is over a limit'
  | 'what is not told as failed is stored'
  | 'what was stored is not told as failed'
  | 'only what failed is sent again'
  | 'it comes to an end when all fails'
  | 'a key keeps its order';

export type WrapperLawOptions = HoldOptions & {
  /** The most calls for a list of a single record when each fails. */
  readonly attemptsMax?: number;
  /**
   * True if the wrapper promises that the last copies of a key's records are in order, whatever failed. It may then
   * send stored records again.
   */
  readonly keepsOrder?: boolean;
};

const usualAttempts = 100;

export const wrapperLaws = (
  make: MakeWrapper,
  limits: Limits,
  options: WrapperLawOptions = {},
): readonly Law<WrapperLawName>[] => {
  checkedLimits(limits);
  const { attemptsMax = usualAttempts, keepsOrder = false } = options;
  const plans = fc.record({ records: recordsArbitrary(limits), failures: failuresArbitrary });
  const law = (name: WrapperLawName, broken: (seen: WrapperDrive) => string | undefined): Law<WrapperLawName> => ({
    name,
    check: async () => {
      await hold(name, plans, async (plan) => broken(await driveWrapper(make, plan)), options);
      await holdAtEdges(name, edgeLists(limits), async (edge) => broken(await driveWrapper(make, { records: edge })));
    },
  });
  const ends: Law<WrapperLawName> = {
    name: 'it comes to an end when all fails',
    check: () =>
      hold(
        'it comes to an end when all fails',
        fc.record({ records: fc.array(fc.constant(small), { minLength: 1, maxLength: 3 }).map(copies) }),
        async (plan) =>
          endless(await driveWrapper(make, { ...plan, allFail: true, callsMax: attemptsMax * 3 }), attemptsMax),
        options,
      ),
  };
  return [
    law('no call is over a limit', (seen) => overLimit(limits, seen)),
    law('what is not told as failed is stored', lost),
    law('what was stored is not told as failed', blamed),
    ...(keepsOrder ? [law('a key keeps its order', outOfOrder)] : [law('only what failed is sent again', repeated)]),
    ends,
  ];
};

export const checkWrapperLaws = async (
  make: MakeWrapper,
  limits: Limits,
  options: WrapperLawOptions = {},
): Promise<void> => {
  for (const { check } of wrapperLaws(make, limits, options)) await check();
};

const small: PutRecordInput = { key: 'a', data: new Uint8Array(1) };
const copies = (records: readonly PutRecordInput[]): readonly PutRecordInput[] =>
  records.map((record) => ({ ...record }));

const lost = ({ given, stored, unstored }: WrapperDrive): string | undefined => {
  const record = given.find((one) => !stored.includes(one) && !unstored.includes(one));
  return record === undefined ? undefined : `${nameOf(record)} was not stored, and is not told as failed`;
};

const blamed = ({ stored, unstored }: WrapperDrive): string | undefined => {
  const record = unstored.find((one) => stored.includes(one));
  return record === undefined ? undefined : `${nameOf(record)} was stored, and is told as failed`;
};

const repeated = ({ stored }: WrapperDrive): string | undefined => {
  const seen = new Set<PutRecordInput>();
  for (const record of stored) {
    if (seen.has(record)) return `${nameOf(record)} was stored, and sent again`;
    seen.add(record);
  }
  return undefined;
};

/** Compares the last stored copy of each record. */
const outOfOrder = ({ given, stored }: WrapperDrive): string | undefined => {
  const place = new Map(given.map((record, index) => [record, index]));
  const last = new Map<string, number>();
  for (const record of [...new Set(stored.toReversed())].toReversed()) {
    const index = place.get(record) ?? -1;
    if (index < (last.get(record.key) ?? -1))
      return `${nameOf(record)} (given as ${index + 1}.) is stored behind a later one of its key`;
    last.set(record.key, index);
  }
  return undefined;
};

const endless = ({ given, calls }: WrapperDrive, attemptsMax: number): string | undefined =>
  calls.length > attemptsMax * given.length
    ? `${calls.length} calls for ${given.length} records, each failed: ${attemptsMax} a record are enough`
    : undefined;

const nameOf = ({ key, data }: PutRecordInput): string =>
  `the record of key ${JSON.stringify(key.slice(0, 24))} with ${data.byteLength} bytes`;

import fc from 'fast-check';
import { checkedLimits, type Limits } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import {
  edgeLists,
  failuresArbitrary,
  gapsArbitrary,
  oversizeArbitrary,
  ratesArbitrary,
  recordsArbitrary,
} from './arbitraries.ts';
import { late, lostOrRepeated, overLimit, overtaken, reordered, wasteful, wronglyRefused } from './broken.ts';
import { type HoldOptions, hold, holdAtEdges } from './run-law.ts';
import { type Drive, type DrivePlan, drive, type MakeSubject } from './subject.ts';

/**
 * The laws of a batcher in front of PutRecords. A law is a name and a check that rejects with the smallest records
 * that break it, so that Vitest, Jest and node:test can all run it: `for (const law of batcherLaws(make, limits))
 * test(law.name, law.check)`.
 */
export type Law<Name extends string = LawName> = { readonly name: Name; readonly check: () => Promise<void> };
export type LawName =
  | 'no call is over a limit'
  | 'a key keeps its order'
  | 'nothing is lost or repeated'
  | 'what can never fit is refused by name'
  | 'no two neighbouring calls fit into one'
  | 'no record waits longer than its bound'
  | 'a failed record is not overtaken';

export type LawOptions = HoldOptions & {
  /** The batcher's own limit on waiting, in milliseconds. Without it, the law about time is left out. */
  readonly maxBufferedMs?: number;
  /** True if the batcher sends failed entries again and promises that nothing of the key overtakes them. */
  readonly keepsOrderOnResend?: boolean;
};

export const batcherLaws = (make: MakeSubject, limits: Limits, options: LawOptions = {}): readonly Law[] => {
  checkedLimits(limits);
  const plans = fc.record({ records: recordsArbitrary(limits) });
  const law = <P extends DrivePlan>(
    name: LawName,
    arbitrary: fc.Arbitrary<P>,
    broken: (seen: Drive, plan: P) => string | undefined,
  ): Law => ({
    name,
    check: () => hold(name, arbitrary, (plan) => drive(make, plan).then((seen) => broken(seen, plan)), options),
  });
  const edgy = (name: LawName, broken: (seen: Drive) => string | undefined): Law => ({
    name,
    check: async () => {
      await hold(name, plans, (plan) => drive(make, plan).then(broken), options);
      await holdAtEdges(name, edgeLists(limits), (records) => drive(make, { records }).then(broken));
    },
  });
  const { maxBufferedMs } = options;
  const timed = fc.record({ records: recordsArbitrary(limits), gapsMs: fc.oneof(gapsArbitrary, ratesArbitrary) });
  const failing = fc.record({ records: recordsArbitrary(limits), failures: failuresArbitrary });
  return [
    edgy('no call is over a limit', (seen) => overLimit(limits, seen)),
    edgy('a key keeps its order', reordered),
    edgy('nothing is lost or repeated', lostOrRepeated),
    law(
      'what can never fit is refused by name',
      mixedArbitrary(limits),
      (seen, { impossible }) => wronglyRefused(seen, impossible) ?? lostOrRepeated(seen),
    ),
    edgy('no two neighbouring calls fit into one', (seen) => wasteful(limits, seen)),
    ...(maxBufferedMs === undefined
      ? []
      : [
          law(
            'no record waits longer than its bound',
            timed,
            (seen) => late(seen, maxBufferedMs) ?? lostOrRepeated(seen) ?? wasteful(limits, seen),
          ),
        ]),
    ...(options.keepsOrderOnResend === true ? [law('a failed record is not overtaken', failing, overtaken)] : []),
  ];
};

/** Checks all laws, one after the other. Rejects at the first that does not hold. */
export const checkBatcherLaws = async (make: MakeSubject, limits: Limits, options: LawOptions = {}): Promise<void> => {
  for (const { check } of batcherLaws(make, limits, options)) await check();
};

type Mixed = DrivePlan & { readonly impossible: ReadonlySet<PutRecordInput> };

const mixedArbitrary = (limits: Limits): fc.Arbitrary<Mixed> =>
  fc
    .tuple(
      recordsArbitrary(limits),
      fc.array(fc.tuple(fc.nat(60), oversizeArbitrary(limits)), { minLength: 1, maxLength: 3 }),
    )
    .map(([fitting, large]) => {
      const records = [...fitting];
      const impossible = new Set<PutRecordInput>();
      for (const [at, record] of large) {
        const own = { ...record };
        impossible.add(own);
        records.splice(at, 0, own);
      }
      return { records, impossible };
    });

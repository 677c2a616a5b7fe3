import type { Finding } from '../../model/verdict.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { LaneRecord } from './lane.ts';
import { groupOf } from './subject-scene.ts';

/** Readers, with their roles and their applications. */
type Readers = {
  readonly trace: Trace;
  readonly roles: ReadonlyMap<string, string>;
  readonly groupOf: (reader: string) => string | undefined;
};

const readersMax = 4;

/**
 * At most `readersMax` readers: those that the finding names first, then those on its lines, then final ones, then
 * others.
 */
export const readersOf = (
  { trace, roles, groupOf: ofReader }: Readers,
  records: readonly LaneRecord[],
  finding: Finding,
): readonly number[] => {
  const given = new Set(
    records.flatMap(({ deliveries }) => deliveries.map(({ page }) => trace.pages.reader[page] ?? none)),
  );
  const onWitness = new Set(
    [...trace.pages.line.keys()]
      .filter((page) => finding.witness.includes(trace.pages.line[page] ?? 0))
      .map((page) => trace.pages.reader[page] ?? none),
  );
  const group = groupOf(finding);
  const own = trace.names.readers.filter((name) => group !== undefined && ofReader(name) === group);
  const named = new Set([finding.evidence['reader'], finding.evidence['other'], ...own]);
  const members = own.map((name) => trace.names.readers.indexOf(name));
  const rank = (reader: number): number => {
    const name = trace.names.readers[reader] ?? '';
    const role = roles.get(name);
    return (named.has(name) ? 0 : 4) + (onWitness.has(reader) ? 0 : 2) + (role === 'final' ? 0 : 1);
  };
  const finals = [...trace.names.readers.keys()].filter(
    (reader) => roles.get(trace.names.readers[reader] ?? '') === 'final',
  );
  return [...new Set([...given, ...onWitness, ...finals, ...members])]
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, readersMax);
};

/**
 * True for readers that should have got every record: final readers, and for `subject-loss` the only reader of the
 * application.
 */
export const isOwed = (
  { trace, roles, groupOf: ofReader }: Readers,
  finding: Finding,
): ((reader: number) => boolean) => {
  const isLoss = finding.anomaly === 'subject-loss';
  const members = trace.names.readers.filter((name) => ofReader(name) === groupOf(finding));
  return (reader) => {
    const name = trace.names.readers[reader] ?? '';
    return roles.get(name) === 'final' || (isLoss && members.length === 1 && members[0] === name);
  };
};

import type { HistoryLine } from '../../../judging/check-history.ts';
import { type AnomalyId, anomalyIds } from '../../../model/anomaly.ts';
import type { Expect, Order } from '../../../model/verdict.ts';
import type { Raw, SlowFinding } from './finding.ts';
import * as identity from './identity.ts';
import { isLineageMissing } from './lineage-missing.ts';
import * as loss from './loss.ts';
import { orderOf } from './order.ts';
import * as reading from './reading.ts';
import * as sending from './sending.ts';
import * as consumers from './subjects.ts';
import * as topology from './topology.ts';
import { partsOf, type View, viewOf } from './view.ts';

/**
 * A slow, simple judge: every definition of the catalogue as it is written, over all pairs. It shares no code with the
 * checks. If the two differ, one of them or the contract is wrong.
 */
const detectors: readonly ((view: View) => readonly Raw[])[] = [
  identity,
  loss,
  reading,
  consumers,
  sending,
  topology,
].flatMap((section) => Object.values(section));

const reported: ReadonlySet<AnomalyId> = new Set(['unseen', 'recovered', 'expired-unread'] as const);
const expectOf = ({ anomaly, isAllowed, isReported }: Raw): Expect =>
  reported.has(anomaly) || isReported === true ? 'report' : isAllowed === true ? 'allow' : 'forbid';

/** The table "one cause, one finding": the left claim explains the right ones if both findings share these things. */
type Share = 'ids' | 'flows' | 'keptOpen' | 'keys' | 'places' | 'chains' | 'shards' | 'ops' | 'pages' | 'turns';
const table: readonly (readonly [AnomalyId, readonly AnomalyId[], readonly Share[]])[] = [
  [
    'response-misalignment',
    ['ack-mismatch', 'inconsistent-offsets', 'nonmonotonic-send', 'int-nonmonotonic-send', 'key-reorder'],
    ['ids'],
  ],
  ['corruption', ['phantom', 'lost-write', 'inconsistent-offsets'], ['ids', 'places']],
  ['inconsistent-offsets', ['reader-divergence', 'corruption', 'lost-write'], ['places']],
  ['inconsistent-offsets', ['int-nonmonotonic-poll', 're-delivery'], ['places']],
  ['ack-mismatch', ['lost-write', 'duplicate'], ['ids']],
  ['mispartitioned', ['split-key', 'ack-mismatch', 'lost-write'], ['ids']],
  ['aborted-read', ['phantom'], ['ids']],
  ['phantom', ['read-from-the-future'], ['ids']],
  ['snfo-broken', ['nonmonotonic-send'], ['ops']],
  ['nonmonotonic-send', ['realtime-append-order'], ['ops']],
  ['int-nonmonotonic-send', ['key-reorder'], ['ops']],
  ['lineage-seq-regression', ['snfo-broken', 'nonmonotonic-send'], ['keys']],
  ['write-to-closed', ['seq-out-of-range', 'lineage-seq-regression', 'nonmonotonic-send'], ['places']],
  ['zombie-append', ['duplicate', 'realtime-append-order'], ['ids']],
  ['premature-shard-end', ['lost-write', 'unseen', 'lost-in-view', 'child-before-parent'], ['shards']],
  ['lost-write', ['poll-skip', 'counter-gap', 'bookmark-broken'], ['ids', 'places']],
  ['poll-skip', ['lost-in-view', 'reader-divergence', 'bookmark-broken'], ['places']],
  ['resumable-broken', ['re-delivery', 'poll-skip', 'lost-in-view'], ['places']],
  ['int-nonmonotonic-poll', ['nonmonotonic-poll', 'poll-skip'], ['pages']],
  ['int-nonmonotonic-poll', ['poll-skip'], ['turns']],
  ['nonmonotonic-poll', ['poll-skip'], ['turns']],
  [
    'topology-mutation',
    ['bad-parentage', 'hash-hole', 'hash-overlap', 'mispartitioned', 'write-to-closed'],
    ['shards'],
  ],
  ['open-parent', ['hash-overlap'], ['shards']],
  ['open-parent', ['write-to-closed'], ['keptOpen']],
  ['hash-overlap', ['split-key'], ['shards']],
  ['key-reorder', ['subject-reorder'], ['flows']],
  ['child-before-parent', ['subject-reorder'], ['flows']],
  ['subject-reorder', ['effect-reorder'], ['flows']],
  ['subject-loss', ['checkpoint-ahead'], ['ids', 'places']],
];
const strictness: Readonly<Record<Expect, number>> = { forbid: 2, find: 2, allow: 1, report: 0, ignore: 0 };

const valuesOf = (raw: Raw, by: Share): readonly unknown[] =>
  by === 'flows'
    ? (raw.ids ?? []).map((id) => (id === undefined ? undefined : JSON.stringify(partsOf(id).slice(0, 2))))
    : (raw[by] ?? []);
const share = (a: Raw, b: Raw, by: Share): boolean =>
  valuesOf(a, by).some((x) => x !== undefined && valuesOf(b, by).includes(x));
const explains = (a: Raw, b: Raw): boolean => {
  if (a === b || strictness[expectOf(a)] < strictness[expectOf(b)]) return false;
  const isByRead = b.anomaly === 'int-nonmonotonic-poll' || b.anomaly === 're-delivery';
  if (a.anomaly === 'inconsistent-offsets' && a.kind === 'ack-read' && !isByRead) return false;
  if (a.anomaly === 'corruption' && b.anomaly === 'inconsistent-offsets' && b.kind !== 'ack-read') return false;
  if (a.group !== undefined && b.group !== undefined && a.group !== b.group) return false;
  // Rule 23: only if the checkpoint came after the shard's last delivery.
  if (a.anomaly === 'subject-loss' && b.isAfterLast !== true) return false;
  if (a.anomaly === 'lineage-seq-regression' && b.kind === 'one-shard') return false;
  if (a.anomaly === 'zombie-append' && b.anomaly === 'duplicate' && b.kind !== 'retry') return false;
  return table.some(
    ([left, rights, by]) => left === a.anomaly && rights.includes(b.anomaly) && by.some((what) => share(a, b, what)),
  );
};

const aboutSubjects: readonly ((view: View) => readonly Raw[])[] = [
  ...Object.values(consumers),
  reading.childBeforeParent,
  identity.readFromTheFuture,
];

const notOfSubjects: ReadonlySet<string> = new Set([
  're-delivery',
  'poll-skip',
  'lost-in-view',
  'reader-divergence',
  'nonmonotonic-poll',
  'int-nonmonotonic-poll',
  'resumable-broken',
  'nonmonotonic-session',
  'bookmark-broken',
]);

const isPageOf = (line: HistoryLine, readers: readonly string[]): boolean =>
  line.type === 'page' && readers.includes(line.reader);

const noteAt = (line: HistoryLine): HistoryLine =>
  line.type === 'head' ? line : { type: 'note', t: line.t, text: 'a page of a consumer' };

/** True for a dump: there are no puts and no other readers. */
const isOfSubjects = (lines: readonly HistoryLine[], subjects: readonly string[]): boolean => {
  const [head] = lines;
  const isWithoutPuts = head?.type === 'head' && head.recorded !== undefined && !head.recorded.includes('puts');
  return (
    isWithoutPuts && lines.every((line) => line.type !== 'put' && (line.type !== 'page' || isPageOf(line, subjects)))
  );
};

/** Rule 16: allows subject-reorder if the stream's reorder of that flow is allowed. */
const allowedAsTheStream = (raws: readonly Raw[]): readonly Raw[] =>
  raws.map((raw) => {
    if (raw.anomaly !== 'subject-reorder') return raw;
    const ofStream = raws.filter((other) => other.anomaly === 'key-reorder' && share(other, raw, 'flows'));
    return ofStream.length > 0 && ofStream.every(({ isAllowed }) => isAllowed === true)
      ? { ...raw, isAllowed: true }
      : raw;
  });

export type SlowVerdict = {
  readonly findings: readonly SlowFinding[];
  readonly violated: readonly AnomalyId[];
  readonly order: Order;
  /** Without a list of shards, a key whose numbers fall between two shards makes child-before-parent unknown. */
  readonly isLineageMissing: boolean;
};

export const slowJudge = (lines: readonly HistoryLine[]): SlowVerdict => {
  const whole = viewOf(lines);
  const subjects = [...whole.roles].filter(([, role]) => role === 'subject').map(([reader]) => reader);
  const isAlone = isOfSubjects(lines, subjects);
  // Rule 14: pages of a subject are evidence about itself only. Lines keep their numbers.
  const { hasIdentity } = whole;
  const view = isAlone
    ? whole
    : { ...viewOf(lines.map((line) => (isPageOf(line, subjects) ? noteAt(line) : line))), hasIdentity };
  const raws = allowedAsTheStream(
    detectors
      .flatMap((detect) => detect(aboutSubjects.includes(detect) ? whole : view))
      .filter(({ anomaly }) => !isAlone || !notOfSubjects.has(anomaly)),
  );
  const findings = raws.map((raw) => ({
    anomaly: raw.anomaly,
    kind: raw.kind ?? null,
    expect: expectOf(raw),
    explainedBy: raws.find((other) => explains(other, raw))?.anomaly ?? null,
    raw,
  }));
  const violated = anomalyIds.filter((id) =>
    findings.some(({ anomaly, expect, explainedBy }) => anomaly === id && expect === 'forbid' && explainedBy === null),
  );
  return {
    findings,
    violated,
    order: orderOf(view.reads.length > 0 ? view : whole),
    isLineageMissing: isLineageMissing(whole),
  };
};

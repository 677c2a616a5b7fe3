import type { Check, Found } from './check.ts';
import { isPartial } from './view/partial-flows.ts';
import { outcome } from './view/tables.ts';
import { attemptsOf, isOk, isWorkload, putLine, type View } from './view/view.ts';
import {
  failureFields,
  failureOf,
  failuresOf,
  inOrder,
  linesOfRecord,
  quoted,
  quoteOf,
  recordName,
  several,
} from './words.ts';

/** C8: a number of a flow that is neither acknowledged nor read, below or at the largest that was put or read. Contract, 6. */
export const counterGap: Check = {
  summary: 'a number in a flow is missing: given up, or never sent',
  source:
    '"A single record failure does not stop the processing of subsequent records" (SDK, PutRecords), and a PutRecord that failed stops nothing either: whoever does not send the record again leaves a gap',
  example: '#1 is throttled and never sent again; #0 and #2 are stored',
  expect: 'forbid',
  find: function* (view: View): Generator<Found> {
    const listed = { left: listedMax };
    for (const flow of flowsOf(view)) yield* gapsOf(view, flow, listed);
  },
};

type Flow = { readonly flow: number; readonly records: readonly number[] };

/** Flows of which some number may be missing: the others have as many kept records as their largest number says, and are left alone. */
function* flowsOf(view: View): Generator<Flow> {
  const { records } = view.tables;
  const isCounted = (record: number): boolean => records.n.at(record) >= 0 && isWorkload(view, record);
  const kept = new Float64Array(records.flows);
  const largest = new Float64Array(records.flows).fill(-1);
  for (let record = 0; record < records.count; record += 1) {
    if (!isCounted(record)) continue;
    const flow = records.flow.at(record);
    largest[flow] = Math.max(largest[flow] ?? -1, records.n.at(record));
    if (isKept(view, record)) kept[flow] = (kept[flow] ?? 0) + 1;
  }
  const flows = new Map<number, number[]>();
  for (let record = 0; record < records.count; record += 1) {
    const flow = records.flow.at(record);
    if (kept[flow] === (largest[flow] ?? -1) + 1 || !isCounted(record) || isPartial(view, flow)) continue;
    const list = flows.get(flow);
    if (list === undefined) flows.set(flow, [record]);
    else list.push(record);
  }
  for (const [flow, list] of flows) yield { flow, records: list };
}

const isKept = (view: View, record: number): boolean => {
  if (view.recordReadHead.at(record) >= 0) return true;
  for (let entry = view.attemptHead.at(record); entry >= 0; entry = view.attemptNext[entry] ?? -1) {
    if (isOk(view, entry)) return true;
  }
  return false;
};

function* gapsOf(view: View, { flow, records }: Flow, listed: { left: number }): Generator<Found> {
  const { n } = view.tables.records;
  const sorted = [...records].sort((a, b) => n.at(a) - n.at(b));
  if (!sorted.some((record) => isKept(view, record))) return;
  let next = view.hasPuts || readsFromStart(view, sorted) ? 0 : n.at(sorted[0] ?? 0);
  let before = -1;
  let phantoms: number[] = [];
  for (const record of sorted) {
    // A record that claims an identity which was never put is a phantom: its number was read, and proves nothing of the numbers below it.
    if (view.hasPuts && view.attemptHead.at(record) < 0) {
      phantoms.push(n.at(record));
      continue;
    }
    for (const number of [...phantoms, n.at(record)]) {
      yield* missingFrom(view, { flow, missing: next, last: number - 1, before, record }, listed);
      next = number + 1;
    }
    phantoms = [];
    if (!isKept(view, record)) yield abandoned(view, flow, record);
    before = record;
  }
}

/** All that lie between two numbers: the first ones each, the rest of them at once. */
function* missingFrom(view: View, gap: Gap, listed: { left: number }): Generator<Found> {
  const listedTo = Math.min(gap.last + 1, gap.missing + listed.left);
  listed.left -= Math.max(0, listedTo - gap.missing);
  for (let missing = gap.missing; missing < listedTo; missing += 1)
    yield neverSent(view, { ...gap, missing, last: missing });
  if (listedTo <= gap.last) yield neverSent(view, { ...gap, missing: listedTo });
}

/** A dump that begins in the middle of a stream says nothing of the numbers before its first. */
const readsFromStart = (view: View, sorted: readonly number[]): boolean => {
  const position = view.firstSeen.at(sorted[0] ?? 0);
  const shard = view.positions.shard.at(position);
  return view.segments.some((segment) => segment.shard === shard && segment.isFromTrim && segment.high >= position);
};

/** So many numbers are findings of their own; the rest of each gap is one that stands for all, or a single large number would make more of them than memory holds. */
const listedMax = 1000;

type Gap = {
  readonly flow: number;
  readonly missing: number;
  readonly last: number;
  readonly before: number;
  readonly record: number;
};

const neverSent = (view: View, { flow, missing, last, before, record }: Gap): Found => ({
  kind: 'never-sent',
  blame: 'producer',
  times: last - missing + 1,
  // Not the record above it, whose fate explains nothing here; only its calls, for what happened near them.
  entries: [...attemptsOf(view, record)],
  flow,
  tell: () => {
    const key = view.tables.records.keyName(record);
    const numbers =
      missing === last ? `#${missing} of key ${quoted(key)} was` : `#${missing} to #${last} of key ${quoted(key)} were`;
    return {
      sentence: view.hasPuts
        ? `${numbers} never sent, though ${recordName(view, record)} was.`
        : `${numbers} never read, though ${recordName(view, record)} was.`,
      evidence: { n: missing, ...(missing === last ? {} : { last }), above: view.tables.records.n.at(record) },
      witness: inOrder([...(before < 0 ? [] : linesOfRecord(view, before, 1)), ...linesOfRecord(view, record, 1)]),
    };
  },
});

const abandoned = (view: View, flow: number, record: number): Found => {
  const attempts = [...attemptsOf(view, record)];
  const last = attempts.at(-1) ?? -1;
  const isFailed = view.tables.entryStatus.at(last) === outcome.fail;
  return {
    kind: isFailed ? 'gave-up' : 'info',
    blame: isFailed ? 'producer' : null,
    ...(isFailed ? {} : { expect: 'allow' as const }),
    flow,
    records: [record],
    entries: attempts,
    tell: () => ({
      sentence: isFailed ? gaveUpWords(view, record, attempts) : infoWords(view, record, attempts),
      evidence: {
        n: view.tables.records.n.at(record),
        attempts: attempts.length,
        ...failureFields(failuresOf(view, record)),
      },
      witness: inOrder(linesOfRecord(view, record)),
    }),
  };
};

const gaveUpWords = (view: View, record: number, attempts: readonly number[]): string => {
  const last = attempts.at(-1) ?? -1;
  const failed = `${recordName(view, record)} surely failed on line ${putLine(view, last)}${quoteOf([failureOf(view, last)])}`;
  return `${failed}, its last of ${several(attempts.length, 'attempt')}, and was never sent again: a gap in its key. ${adviceOn(view, attempts)}`;
};

const infoWords = (view: View, record: number, attempts: readonly number[]): string =>
  `${recordName(view, record)} was sent (${several(attempts.length, 'attempt')}), nobody was told what became of it${quoteOf(failuresOf(view, record))}, and nobody read it.`;

/** Errors that pass by themselves. Source: the errors of PutRecord and PutRecords. */
const passing = /Throttl|Throughput|LimitExceeded|Internal|Unavailable|Timeout|Time-?out|SlowDown/i;

/** What a producer can do about it, in the words of its options. */
const adviceOn = (view: View, attempts: readonly number[]): string => {
  const last = attempts.at(-1) ?? -1;
  const again =
    attempts.length === 1
      ? "to have it sent again, set the producer's retry and attempts"
      : "to have it sent more often, raise the producer's attempts";
  const { error } = failureOf(view, last) ?? {};
  if (error === undefined || passing.test(error)) return `What to do: ${again}.`;
  const number = view.tables.entryAfter.has(last) ? ', perhaps the SequenceNumberForOrdering that it named' : '';
  return `What to do: if that may pass, ${again}; if not, change what the engine refuses${number}.`;
};

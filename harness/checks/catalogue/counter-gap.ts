import { pushTo } from '../../lib/push-to.ts';
import type { Head } from '../../model/event.ts';
import type { Check, Found } from '../check.ts';
import { isDense } from '../index/counter.ts';
import { outcome } from '../index/tables.ts';
import { isPartial } from '../index/totals.ts';
import { attemptsOf, isLoadOver, isOk, isWorkload, putLine, type View } from '../index/view.ts';
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
} from './phrases.ts';

/**
 * C8: a number of a flow that is neither acknowledged nor read, below or at the largest that was put or read.
 * Contract, 6. While load runs, a record may still be sent: a history that was cut short proves no gap then.
 */
export const counterGap: Check = {
  summary: 'a number in a flow is missing: given up, or never sent',
  source:
    '"A single record failure does not stop the processing of subsequent records" (SDK, PutRecords), nor does a PutRecord that failed: a record that is not sent again leaves a gap',
  example: '#1 is throttled and never sent again; #0 and #2 are stored',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The producer looked at the error of the call only, and not at its entries (aws-sdk-go#1003): FailedRecordCount was not 0.',
    'It gave up after its last retry, or its time to live was over (amazon-kinesis-producer#128).',
    'It never sent the number: an exception in the application, or a buffer that was dropped at exit.',
  ],
  todo: [
    'Check every entry of PutRecords for an ErrorCode, and send those again.',
    'Count what is given up, and raise an alarm.',
    'Flush the producer before the process ends.',
  ],
  find: function* (view: View): Generator<Found> {
    const counter = counterOf(view);
    // Reports show the first finding: a number below all others of its key is more often a counter's start than a loss.
    const starts: Found[] = [];
    for (const flow of flowsOf(view, counter))
      for (const gap of gapsOf(view, flow, counter))
        if (gap.isStart) starts.push(gap.found);
        else yield gap.found;
    yield* starts;
    if (counter.isDense && counter.isByProducer && counter.isProved) yield* gapsOfProducers(view, counter);
  },
};

/** How n is counted. */
type Counter = {
  readonly isDense: boolean;
  readonly isByProducer: boolean;
  readonly first: number;
  /** Nothing was sent later, so what is missing stays missing. */
  readonly isProved: boolean;
};

const counterOf = (view: View): Counter => {
  const identity = view.tables.head?.identity;
  return {
    isProved: !view.hasPuts || isLoadOver(view),
    isDense: isDense(identity),
    isByProducer: identity?.scope === 'producer',
    first: identity?.first ?? 0,
  };
};

type Flow = { readonly flow: number; readonly records: readonly number[] };

/**
 * Flows in which a number may be missing. All others have as many kept records as their largest number says, and are
 * skipped.
 */
function* flowsOf(view: View, { first }: Counter): Generator<Flow> {
  const { records } = view.tables;
  const isCounted = (record: number): boolean => records.n.at(record) >= 0 && isWorkload(view, record);
  const kept = new Float64Array(records.flows);
  const largest = new Float64Array(records.flows).fill(-1);
  for (let record = 0; record < records.count; record += 1) {
    if (!isCounted(record)) continue;
    const flow = records.flow.at(record);
    // A number below the first one would make up for a missing one: such a flow is always looked at.
    if (records.n.at(record) < first) largest[flow] = Number.POSITIVE_INFINITY;
    largest[flow] = Math.max(largest[flow] ?? -1, records.n.at(record));
    if (isKept(view, record)) kept[flow] = (kept[flow] ?? 0) + 1;
  }
  const flows = new Map<number, number[]>();
  for (let record = 0; record < records.count; record += 1) {
    const flow = records.flow.at(record);
    if (kept[flow] === (largest[flow] ?? -1) + 1 - first || !isCounted(record) || isPartial(view, flow)) continue;
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

type GapFound = { readonly n: number; readonly found: Found; readonly isStart: boolean };

function* gapsOf(view: View, { flow, records }: Flow, counter: Counter): Generator<GapFound> {
  if (!records.some((record) => isKept(view, record))) return;
  const gaps: GapFound[] = [];
  if (counter.isDense && !counter.isByProducer && counter.isProved) {
    for (const gap of gapsAmong(view, records, counter))
      gaps.push({ n: gap.missing, found: neverSent(view, { ...gap, flow }), isStart: gap.before < 0 });
  }
  for (const record of records) {
    // Without puts a number that only a consumer under test was given is neither missing nor given up.
    if (view.attemptHead.at(record) < 0 || isKept(view, record)) continue;
    const gap = abandoned(view, flow, record);
    if (counter.isProved || gap.kind === 'info')
      gaps.push({ n: view.tables.records.n.at(record), found: gap, isStart: false });
  }
  yield* gaps.sort((a, b) => a.n - b.n);
}

/**
 * False for a phantom, which claims an identity that was never put: its number was read, but proves nothing of the
 * numbers below it.
 */
const isSent = (view: View, record: number): boolean => !view.hasPuts || view.attemptHead.at(record) >= 0;

/** One counter over all keys of a producer: a number that none of its keys has is missing. */
function* gapsOfProducers(view: View, counter: Counter): Generator<Found> {
  const { records } = view.tables;
  const ofProducers = new Map<number, number[]>();
  for (let record = 0; record < records.count; record += 1) {
    if (records.n.at(record) < 0 || !isWorkload(view, record)) continue;
    pushTo(ofProducers, records.flowProducer.at(records.flow.at(record)), record);
  }
  for (const [producer, own] of ofProducers) {
    if (!own.some((record) => isKept(view, record))) continue;
    for (const gap of gapsAmong(view, own, counter)) yield neverSent(view, { ...gap, producer });
  }
}

type Missing = Pick<Gap, 'missing' | 'last' | 'before' | 'record'>;

/**
 * Runs of numbers that nobody sent, between those of the records or below them. What one jump leaves out is one run,
 * however long.
 */
function* gapsAmong(view: View, records: readonly number[], { first }: Counter): Generator<Missing> {
  const { n } = view.tables.records;
  const sorted = [...records].sort((a, b) => n.at(a) - n.at(b));
  let next = view.hasPuts || readsFromStart(view, sorted) ? first : n.at(sorted[0] ?? 0);
  let before = -1;
  let phantoms: number[] = [];
  for (const record of sorted) {
    if (!isSent(view, record)) {
      phantoms.push(n.at(record));
      continue;
    }
    for (const number of [...phantoms, n.at(record)]) {
      if (next < number) yield { missing: next, last: number - 1, before, record };
      next = Math.max(next, number + 1);
    }
    phantoms = [];
    before = record;
  }
}

/** A dump that begins in the middle of a stream says nothing of the numbers before its first. */
const readsFromStart = (view: View, sorted: readonly number[]): boolean => {
  const position = view.firstSeen.at(sorted[0] ?? 0);
  const shard = view.positions.shard.at(position);
  return view.segments.some((segment) => segment.shard === shard && segment.isFromTrim && segment.high >= position);
};

/** A run of missing numbers: one finding, which counts for each of them. */
type Gap = {
  readonly missing: number;
  readonly last: number;
  readonly before: number;
  readonly record: number;
  /** Of one flow; or of all keys of a producer. */
  readonly flow?: number;
  readonly producer?: number;
};

const neverSent = (view: View, { flow, producer, missing, last, before, record }: Gap): Found => ({
  kind: 'never-sent',
  blame: 'producer',
  times: last - missing + 1,
  // The record above is not named, because its fate explains nothing here. Its calls are, to find what happened near.
  entries: [...attemptsOf(view, record)],
  ...(flow === undefined ? {} : { flow }),
  ...(producer === undefined ? {} : { producer }),
  tell: () => {
    const counted =
      producer === undefined
        ? `of key ${quoted(view.tables.records.keyName(record))}`
        : `of producer ${quoted(view.tables.records.producers.name(producer))}`;
    const numbers = missing === last ? `#${missing} ${counted} was` : `#${missing} to #${last} ${counted} were`;
    const said = view.hasPuts
      ? `${numbers} never sent, though ${recordName(view, record)} was.`
      : `${numbers} not read, though ${recordName(view, record)} was; no puts are recorded, so whether it was sent is not known.`;
    return {
      sentence: `${said}${hintOf(view, missing, last)}`,
      evidence: { n: missing, ...(missing === last ? {} : { last }), above: view.tables.records.n.at(record) },
      witness: inOrder([...(before < 0 ? [] : linesOfRecord(view, before, 1)), ...linesOfRecord(view, record, 1)]),
    };
  },
});

/** A long jump, or one from 0, is more often a counter that counts otherwise than a loss. */
const hintOf = ({ tables: { head } }: View, missing: number, last: number): string => {
  const isLong = last - missing >= 9;
  if (head?.identity !== undefined && head.identity.first === undefined && missing === 0)
    return ` Does your counter start at ${last + 1}? Then say so: ${firstWords(head, last + 1)}.`;
  if (head?.identity !== undefined || !(isLong || missing === 0)) return '';
  return ' Do your numbers start elsewhere, or count over all keys? Then say so in the head: identity, with first, scope or counter "sparse".';
};

/** A scenario of this tool names the identity itself; for all others it is a flag. */
const firstWords = ({ recorder = 'harness' }: Head, first: number): string =>
  recorder === 'proxy' || recorder === 'import' ? `--id …,first=${first}` : `first: ${first} in its identity`;

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
  const failed = `${recordName(view, record)} definitely failed on line ${putLine(view, last)}${quoteOf([failureOf(view, last)])}`;
  const which = attempts.length === 1 ? 'only attempt' : `last of ${attempts.length} attempts`;
  return `${failed}, its ${which}, and was never sent again: a gap in its key. ${adviceOn(view, attempts)}`;
};

const infoWords = (view: View, record: number, attempts: readonly number[]): string =>
  `${recordName(view, record)} was sent (${several(attempts.length, 'attempt')}), no answer said what became of it${quoteOf(failuresOf(view, record))}, and nobody read it.`;

/** Errors that pass by themselves. Source: the errors of PutRecord and PutRecords. */
const passing = /Throttl|Throughput|LimitExceeded|Internal|Unavailable|Timeout|Time-?out|SlowDown/i;

/** For a producer of this tool in the words of its options. Other producers have options of their own. */
const againWords = ({ tables: { head } }: View, isFirst: boolean): string => {
  const isOwn = (head?.recorder ?? 'harness') === 'harness';
  if (!isOwn) return isFirst ? 'send the record again when its entry or its call fails' : 'send it more often';
  return isFirst
    ? "to have it sent again, set the producer's retry and attempts"
    : "to have it sent more often, raise the producer's attempts";
};

/** What a producer can do about it. */
const adviceOn = (view: View, attempts: readonly number[]): string => {
  const last = attempts.at(-1) ?? -1;
  const again = againWords(view, attempts.length === 1);
  const { error } = failureOf(view, last) ?? {};
  if (error === undefined || passing.test(error)) return `What to do: ${again}.`;
  const number = view.tables.entryAfter.has(last) ? ', perhaps the SequenceNumberForOrdering that it named' : '';
  return `What to do: if that may pass, ${again}; if not, change what the engine refuses${number}.`;
};

import type { HistoryLine, PutEvent, SubjectEvent } from '../model/event.ts';
import { columnTypes, type LineColumns } from '../model/line-columns.ts';
import { orderedBy } from '../model/ordered-by.ts';
import type { Remedies, Untested } from '../model/untested.ts';
import { type CallAt, FaultCalls } from './fault-calls.ts';
import { flowNames } from './flow-names.ts';

type Flows = readonly string[];
type OpenCall = { readonly flows: Flows; readonly at: CallAt };

/**
 * A fold over a history: what happened in it that could have broken an order. Anything else was not tested. It keeps
 * those of the first `callsMax` calls that are in flight, and no records.
 */
export class UntestedFold {
  readonly #open = new Map<number, OpenCall>();
  /** How many calls in flight have records of a flow. */
  readonly #busy = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #happened = new Set<Untested>();
  readonly #names = flowNames();
  readonly #calls = new FaultCalls();
  #hasSubject = false;
  #hasPuts = false;
  #left: number;

  constructor(callsMax = Number.POSITIVE_INFINITY) {
    this.#left = callsMax;
  }

  take(event: HistoryLine): void {
    if (event.type === 'head') this.#calls.begin(event);
    else if (event.type === 'put' && event.role === undefined)
      this.#takePut(event.op, flowsOf(event), event.api === 'PutRecords', event.retryOf !== undefined);
    else if (event.type === 'ack') {
      const isWhole = event.outcome === 'ok' && event.results?.some((result) => 'error' in result) !== true;
      this.#takeAck(event.op, !isWhole || (event.attempts ?? 1) > 1);
    } else if (event.type === 'reshard') this.#happened.add('reshard');
    else if (event.type === 'topology') {
      if (event.shards.some(({ parents }) => parents.length > 0)) this.#happened.add('reshard');
    } else if (event.type === 'reader') this.#hasSubject ||= event.role === 'subject';
    else if (event.type === 'subject') this.#takeSubject(event);
  }

  takeHot(hot: LineColumns): void {
    if (hot.type === columnTypes.put) this.#takePut(hot.op, this.#names(hot), hot.isBatch, hot.retryOf >= 0);
    else if (hot.type === columnTypes.ack) this.#takeAck(hot.op, hot.attempts > 1);
  }

  /** Returns what was not tested, in the order of the report. */
  result(): readonly Untested[] {
    const had = (what: Untested): boolean => this.#happened.has(what);
    const isRetried = had('retry') || this.#open.size > 0;
    return [
      ...(this.#hasPuts && !isRetried ? (['retry'] as const) : []),
      ...(had('overlap') ? (['overlap'] as const) : had('one-call') && !isRetried ? (['one-call'] as const) : []),
      ...(had('reshard') ? [] : (['reshard'] as const)),
      ...(this.#hasSubject && !had('restart') ? (['restart'] as const) : []),
    ];
  }

  /** A fault for each thing that was not tested, where somebody can arm one. */
  remedies(): Remedies {
    return this.#calls.remedies(this.result());
  }

  #takePut(op: number, entries: Flows, isBatch: boolean, isRetry: boolean): void {
    this.#hasPuts = true;
    if (isRetry) this.#happened.add('retry');
    if (this.#left <= 0) return;
    this.#left -= 1;
    const at = this.#calls.take(entries, isBatch);
    const flows = [...new Set(entries)];
    if (flows.length < entries.length) this.#happened.add('one-call');
    for (const flow of flows) {
      const others = this.#busy.get(flow) ?? 0;
      if (others > 0) this.#noteOverlap(flow);
      this.#busy.set(flow, others + 1);
    }
    this.#open.set(op, { flows, at });
  }

  #noteOverlap(flow: string): void {
    if (this.#happened.has('overlap')) return;
    this.#happened.add('overlap');
    const first = [...this.#open.values()].find(({ flows }) => flows.includes(flow));
    if (first !== undefined) this.#calls.overlapped(first.at);
  }

  #takeAck(op: number, isTrouble: boolean): void {
    // Beyond the limit no call is kept, but a failed one is noted.
    if (isTrouble) this.#happened.add('retry');
    const call = this.#open.get(op);
    if (call === undefined) return;
    this.#open.delete(op);
    for (const flow of call.flows) {
      const others = (this.#busy.get(flow) ?? 1) - 1;
      if (others > 0) this.#busy.set(flow, others);
      else this.#busy.delete(flow);
    }
  }

  /** A shard that is started a second time, by any worker, counts as a restart: its first worker went away. */
  #takeSubject({ event, reader, shard }: SubjectEvent): void {
    if (event === 'lost') this.#happened.add('restart');
    if (event !== 'start') return;
    const begun = `${reader}\n${shard ?? ''}`;
    if (this.#begun.has(begun)) this.#happened.add('restart');
    this.#begun.add(begun);
  }
}

const flowsOf = ({ producer, entries }: PutEvent): Flows =>
  entries.map((entry) => `${entry.producer ?? producer ?? ''}\n${orderedBy(entry)}`);

import type { AckEvent, HistoryLine, PageEvent, PutEvent } from '../model/event.ts';
import { orderedBy } from '../model/ordered-by.ts';
import { takenFold } from './taken.ts';
import type { Measured } from './timing.ts';

type Open = {
  readonly due: number;
  readonly sent: number;
  readonly bytes: number;
  acked: number | undefined;
  delivered: number | undefined;
};

export type MeasureFold = {
  /** Called for every line of a history, in order. */
  readonly take: (event: HistoryLine) => void;
  readonly result: () => Measured;
};

/**
 * A fold over a history: when each record was due, sent, acknowledged and delivered, and what its calls cost. A
 * record that is sent again keeps its first due time and counts once; each copy that the service took is paid for.
 */
export const measureFold = (): MeasureFold => {
  const records = new Map<string, Open>();
  const open = new Map<number, PutEvent>();
  const live = new Set<string>();
  const taken = takenFold();
  let calls = 0;
  const flows = new Map<string, { highest: number; count: number }>();
  let neverSent = 0;
  const countIn = (flow: string, n: number): void => {
    const seen = flows.get(flow) ?? { highest: -1, count: 0 };
    flows.set(flow, seen);
    seen.highest = Math.max(seen.highest, n);
    seen.count += 1;
  };
  const takePut = (put: PutEvent): void => {
    open.set(put.op, put);
    calls += 1;
    for (const entry of put.entries) {
      const id = identityOf(entry.producer ?? put.producer, orderedBy(entry), entry.n);
      if (records.has(id)) continue;
      countIn(identityOf(entry.producer ?? put.producer, orderedBy(entry)), entry.n ?? 0);
      const due = entry.due ?? put.due ?? put.t;
      records.set(id, { due, sent: put.t, bytes: entry.bytes ?? 0, acked: undefined, delivered: undefined });
    }
  };
  const takeAck = ({ op, t, results = [] }: AckEvent): void => {
    const put = open.get(op);
    if (put === undefined) return;
    open.delete(op);
    for (const [index, entry] of put.entries.entries()) {
      const result = results[index];
      if (result === undefined || 'error' in result) continue;
      const id = identityOf(entry.producer ?? put.producer, orderedBy(entry), entry.n);
      taken.take(result, id, entry.bytes ?? 0);
      const record = records.get(id);
      if (record !== undefined) record.acked ??= t;
    }
  };
  const takePage = ({ reader, shard, t, records: read = [] }: PageEvent): void => {
    for (const one of read) {
      const id = identityOf(one.producer, orderedBy(one), one.n);
      const record = records.get(id);
      if (record === undefined) continue;
      taken.take({ shard, seq: one.seq }, id, record.bytes);
      if (live.has(reader)) record.delivered ??= t;
    }
  };
  return {
    take: (event) => {
      if (event.type === 'put' && event.role === undefined) takePut(event);
      else if (event.type === 'ack') takeAck(event);
      else if (event.type === 'reader' && event.role === 'live') live.add(event.reader);
      else if (event.type === 'page') takePage(event);
      else if (event.type === 'end') neverSent += event.neverSent ?? 0;
    },
    result: () => {
      const skipped = [...flows.values()].reduce((sum, { highest, count }) => sum + highest + 1 - count, 0);
      const all = [...records.values()];
      return {
        timings: all.map(({ bytes: _, ...timing }) => timing),
        calls,
        stored: all.filter(({ acked }) => acked !== undefined).length,
        ...taken.result(),
        unsent: Math.max(0, neverSent - skipped),
      };
    },
  };
};

const identityOf = (producer = '', key = '', n = -1): string => JSON.stringify([producer, key, n]);

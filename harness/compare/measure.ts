import type { AckEvent, Head, HistoryEvent, PageEvent, PutEvent } from '../model/event.ts';
import { onDemandKbOf, unitsOf } from './cost.ts';
import type { Measured } from './timing.ts';

type Open = { readonly due: number; readonly sent: number; acked: number | undefined; delivered: number | undefined };

export type MeasureFold = {
  /** Called for every line of a history, in order. */
  readonly take: (event: Head | HistoryEvent) => void;
  readonly result: () => Measured;
};

/**
 * A fold over a history: when each record was due, sent, acknowledged and delivered, and what its calls cost. A
 * record that is sent again keeps its first due time and counts once, however many copies were stored.
 */
export const measureFold = (): MeasureFold => {
  const records = new Map<string, Open>();
  const open = new Map<number, PutEvent>();
  const live = new Set<string>();
  const cost = { calls: 0, stored: 0, kinesisRecords: 0, units: 0, onDemandKb: 0 };
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
    cost.calls += 1;
    for (const entry of put.entries) {
      const id = identityOf(entry.producer ?? put.producer, entry.flow ?? entry.key, entry.n);
      if (records.has(id)) continue;
      countIn(identityOf(entry.producer ?? put.producer, entry.flow ?? entry.key), entry.n ?? 0);
      records.set(id, { due: entry.due ?? put.due ?? put.t, sent: put.t, acked: undefined, delivered: undefined });
    }
  };
  const takeAck = ({ op, t, results = [] }: AckEvent): void => {
    const put = open.get(op);
    if (put === undefined) return;
    open.delete(op);
    const sizes = new Map<number, number>();
    for (const [index, entry] of put.entries.entries()) {
      const result = results[index];
      if (result === undefined || 'error' in result) continue;
      const of = entry.part === undefined ? index : -1 - entry.part;
      sizes.set(of, (sizes.get(of) ?? 0) + (entry.bytes ?? 0));
      cost.stored += 1;
      const record = records.get(identityOf(entry.producer ?? put.producer, entry.flow ?? entry.key, entry.n));
      if (record !== undefined) record.acked ??= t;
    }
    for (const bytes of sizes.values()) {
      cost.kinesisRecords += 1;
      cost.units += unitsOf(bytes);
      cost.onDemandKb += onDemandKbOf(bytes);
    }
  };
  const takePage = ({ reader, t, records: read = [] }: PageEvent): void => {
    if (!live.has(reader)) return;
    for (const { producer, idKey, flow, key, n } of read) {
      const record = records.get(identityOf(producer, idKey ?? flow ?? key, n));
      if (record !== undefined) record.delivered ??= t;
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
      return { timings: [...records.values()], ...cost, unsent: Math.max(0, neverSent - skipped) };
    },
  };
};

const identityOf = (producer = '', key = '', n = -1): string => JSON.stringify([producer, key, n]);

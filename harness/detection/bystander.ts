import type { HistoryLine, PutEvent, PutResult, ReadRecord } from '../model/event.ts';
import type { Chronicle } from './chronicle.ts';
import type { Item, Sending } from './item.ts';

/** The producer of records that are kept only for their place. */
const producer = 'bystander';

export const asBystander = (
  { seq, sub, digest, bytes, arrival }: ReadRecord,
  { key }: Item,
  n: number,
): ReadRecord => ({
  seq,
  key,
  producer,
  n,
  ...(sub === undefined ? {} : { sub }),
  ...(digest === undefined ? {} : { digest }),
  ...(bytes === undefined ? {} : { bytes }),
  ...(arrival === undefined ? {} : { arrival }),
});

type Placed = { readonly line: number; readonly order: number; readonly event: HistoryLine };

/** Puts a record in calls of its own, as a sentinel, at the lines of its original calls. */
export const bystanderPuts = (chronicle: Chronicle, item: Item, n: number): readonly Placed[] => {
  if (item.sendings.length === 0) return foreign(chronicle, item, n);
  return item.sendings.slice(0, attemptsMax).flatMap((sending, attempt) => {
    const op = opOf(chronicle, n, attempt);
    const result = resultOf(chronicle, sending);
    const put = { line: sending.line, order: 1, event: putOf(chronicle, sending, op, n) };
    if (sending.ack === undefined) return [put];
    const { t } = chronicle.line(sending.ack, 'ack');
    const ack: HistoryLine =
      result === undefined
        ? { t, type: 'ack', op, outcome: 'info', error: 'unknown' }
        : { t, type: 'ack', op, outcome: 'ok', results: [result] };
    return [put, { line: sending.ack, order: 1, event: ack }];
  });
};

/** Returns an op that no call of the history has. */
const opOf = ({ opMax }: Chronicle, n: number, attempt: number): number => opMax + 1 + n * attemptsMax + attempt;
const attemptsMax = 1000;

const resultOf = (chronicle: Chronicle, { ack, index }: Sending): PutResult | undefined =>
  ack === undefined ? undefined : chronicle.line(ack, 'ack').results?.[index];

const putOf = (chronicle: Chronicle, { line, index }: Sending, op: number, n: number): PutEvent => {
  const put = chronicle.line(line, 'put');
  const { key = '', digest, bytes, hash } = put.entries[index] ?? {};
  const entry = {
    key,
    n,
    ...(digest === undefined ? {} : { digest }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(hash === undefined ? {} : { hash }),
  };
  return { t: put.t, type: 'put', op, producer, api: 'PutRecord', role: 'sentinel', entries: [entry] };
};

/** A record of other writers has no put in the history; here it is put when it is first read. */
const foreign = (chronicle: Chronicle, { key, reads }: Item, n: number): readonly Placed[] => {
  const [read] = reads;
  if (read === undefined) return [];
  const { t } = chronicle.line(read.line, 'page');
  const [op, at] = [opOf(chronicle, n, 0), { line: read.line, t }];
  return [
    {
      line: at.line,
      order: -2,
      event: { t, type: 'put', op, producer, api: 'PutRecord', role: 'sentinel', entries: [{ key, n }] },
    },
    { line: at.line, order: -1, event: { t, type: 'ack', op, outcome: 'ok', results: [read.place] } },
  ];
};

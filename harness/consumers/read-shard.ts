import type { Page, RawRecord } from '../kinesis/kinesis.ts';
import { digestOf } from '../model/digest.ts';
import type { IteratorStart, ReadRecord } from '../model/event.ts';
import { compareSequence } from '../model/sequence-number.ts';
import { readIdentity } from '../workload/identity.ts';
import type { ReadTools, StartType } from './consumer.ts';

export type ShardOptions = {
  readonly shard: string;
  readonly from: StartType;
  readonly limit?: number | undefined;
  readonly pollMs: number;
  readonly restartAfter?: number | undefined;
  readonly resume: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER';
};

/** closed: no next iterator. passed: the sentinel was delivered. stopped: the signal. */
export type ShardEnd = 'closed' | 'passed' | 'stopped';

/** Reads one shard: chain after chain, page after page, each written down, until its end, its sentinel, or the signal. */
export const readShard = async (tools: ReadTools, options: ShardOptions): Promise<ShardEnd> => {
  const first: Start = startOf(tools, options);
  let last: string | undefined;
  while (!tools.signal.aborted) {
    const start: Start = last === undefined ? first : { type: options.resume, seq: last };
    const chain = await readChain(tools, options, start, last);
    last = chain.last;
    if (chain.end === 'closed' || chain.end === 'passed') return chain.end;
    if (chain.end === 'failed') await pause(tools, Math.max(options.pollMs, 50));
  }
  return 'stopped';
};

type Start = { readonly type: StartType; readonly seq?: string; readonly at?: number };

/** What AT and AFTER begin at is the last number acknowledged in the shard; where there is none yet, at the beginning. */
const startOf = (tools: ReadTools, { from, shard }: ShardOptions): Start => {
  if (from === 'AT_TIMESTAMP') return { type: from, at: tools.clock.wallMs() };
  if (from !== 'AT_SEQUENCE_NUMBER' && from !== 'AFTER_SEQUENCE_NUMBER') return { type: from };
  const seq = tools.lastAcked(shard);
  return seq === undefined ? { type: 'TRIM_HORIZON' } : { type: from, seq };
};

type ChainEnd = {
  readonly end: 'closed' | 'passed' | 'failed' | 'restart' | 'stopped';
  readonly last: string | undefined;
};

const readChain = async (
  tools: ReadTools,
  options: ShardOptions,
  start: Start,
  before: string | undefined,
): Promise<ChainEnd> => {
  const { shard, limit, pollMs } = options;
  const chain = tools.nextChain();
  const askedT = tools.now();
  const opened = await tools.kinesis.getShardIterator(
    { stream: tools.stream, shard, ...start },
    { signal: tools.signal },
  );
  const from: IteratorStart = { ...start, t0: askedT, t: tools.now() };
  const base = { type: 'page', reader: tools.reader, chain, shard } as const;
  if (!opened.ok) {
    if (tools.signal.aborted) return { end: 'stopped', last: before };
    tools.write({
      ...base,
      t0: askedT,
      from,
      error: opened.error,
      ...(opened.message === undefined ? {} : { message: opened.message }),
    });
    return { end: 'failed', last: before };
  }
  let iterator: string = opened.iterator;
  let last = before;
  let delivered = 0;
  for (let pages = 0; !tools.signal.aborted; pages += 1) {
    const t0 = tools.now();
    const page = await tools.kinesis.getRecords(
      { iterator, ...(limit === undefined ? {} : { limit }) },
      { signal: tools.signal },
    );
    const head = { ...base, t0, ...(pages === 0 ? { from } : {}) };
    if (!page.ok) {
      if (tools.signal.aborted) break;
      tools.write({ ...head, error: page.error, ...(page.message === undefined ? {} : { message: page.message }) });
      return { end: 'failed', last };
    }
    tools.write({ ...head, ...pageFields(page, tools.run) });
    tools.onRead(page.records.length);
    delivered += page.records.length;
    last = page.records.at(-1)?.seq ?? last;
    if (page.next === undefined) return { end: 'closed', last };
    if (isPassed(tools, shard, last)) return { end: 'passed', last };
    if (options.restartAfter !== undefined && delivered >= options.restartAfter) return { end: 'restart', last };
    iterator = page.next;
    if (page.records.length === 0) await pause(tools, pollMs);
  }
  return { end: 'stopped', last };
};

const isPassed = (tools: ReadTools, shard: string, last: string | undefined): boolean => {
  const sentinel = tools.sentinel(shard);
  return sentinel !== undefined && last !== undefined && compareSequence(last, sentinel) >= 0;
};

const pause = (tools: ReadTools, ms: number): Promise<void> =>
  tools.clock.sleep(ms, tools.signal).catch(() => undefined);

const pageFields = (
  page: Page,
  run: string,
): {
  readonly records: readonly ReadRecord[];
  readonly behind?: number;
  readonly more: boolean;
  readonly children?: readonly string[];
} => ({
  records: page.records.map((record) => recordFields(record, run)),
  ...(page.behind === undefined ? {} : { behind: page.behind }),
  more: page.next !== undefined,
  ...(page.children === undefined || page.children.length === 0 ? {} : { children: page.children }),
});

/** A record of another run, or of another writer, is written without an identity. */
const recordFields = ({ seq, key, data, arrival }: RawRecord, run: string): ReadRecord => {
  const identity = readIdentity(data);
  const isOurs = identity?.run === run;
  return {
    seq,
    key,
    ...(isOurs ? { producer: identity.producer, n: identity.n } : {}),
    ...(isOurs && identity.key !== key ? { idKey: identity.key } : {}),
    digest: digestOf(data),
    bytes: data.byteLength,
    ...(arrival === undefined ? {} : { arrival }),
  };
};

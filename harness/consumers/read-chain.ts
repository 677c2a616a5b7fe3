import type { Page, ReadFailure } from '../kinesis/kinesis.ts';
import type { IteratorStart } from '../model/event.ts';
import { compareSequence } from '../model/sequence-number.ts';
import type { ReadTools, StartType } from './consumer.ts';
import { ownRecords, type PageFields, pageFields } from './page-fields.ts';

export type ShardOptions = {
  readonly shard: string;
  readonly from: StartType;
  readonly limit?: number | undefined;
  readonly pollMs: number;
  readonly restartAfter?: number | undefined;
  readonly resume: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER';
};

export type Start = { readonly type: StartType; readonly seq?: string; readonly at?: number };

export type ChainEnd = {
  /**
   * `closed`: there is no next iterator. `passed`: the sentinel was delivered, or nothing is left to read. `failed`: a
   * call failed. `restart`: `restartAfter` records were delivered. `stopped`: the signal aborted.
   */
  readonly end: 'closed' | 'passed' | 'failed' | 'restart' | 'stopped';
  /** The sequence number of the last delivered record; undefined if there was none. */
  readonly last?: string | undefined;
  readonly pages: number;
  /** The children that the last page named. */
  readonly children: readonly string[];
  readonly error?: { readonly name: string; readonly message?: string | undefined };
};

type Chain = {
  readonly tools: ReadTools;
  readonly options: ShardOptions;
  readonly base: { readonly type: 'page'; readonly reader: string; readonly chain: number; readonly shard: string };
  /** True if the chain begins where no sentinel will come any more. */
  readonly isLate: boolean;
  /**
   * The sequence number that the chain begins after. The chain before delivered that record. If it was the sentinel,
   * no record of this chain will show it.
   */
  readonly behind: string | undefined;
  last: string | undefined;
  pages: number;
  delivered: number;
  empty: number;
};

/** Reads with one iterator and its successors, and records each page. */
export const readChain = async (tools: ReadTools, options: ShardOptions, start: Start): Promise<ChainEnd> => {
  const { shard } = options;
  const chain: Chain = {
    tools,
    options,
    base: { type: 'page', reader: tools.reader, chain: tools.nextChain(), shard },
    isLate: tools.isSealed() && (start.type === 'LATEST' || start.type === 'AT_TIMESTAMP'),
    behind: start.type === 'AFTER_SEQUENCE_NUMBER' ? start.seq : undefined,
    last: undefined,
    pages: 0,
    // AT delivers the checkpoint's own record again, which is no progress.
    delivered: start.type === 'AT_SEQUENCE_NUMBER' ? -1 : 0,
    empty: 0,
  };
  const t0 = tools.now();
  const request = { stream: tools.stream, shard, ...start };
  const opened = await tools.kinesis.getShardIterator(request, { signal: tools.signal });
  const from: IteratorStart = { ...start, t0, t: tools.now() };
  if (!opened.ok) return failed(chain, { t0, from }, opened);
  return readPages(chain, from, opened.iterator);
};

const readPages = async (chain: Chain, from: IteratorStart, first: string): Promise<ChainEnd> => {
  const { tools, options } = chain;
  const limit = options.limit === undefined ? {} : { limit: options.limit };
  let iterator = first;
  while (!tools.signal.aborted) {
    const head = { t0: tools.now(), ...(chain.pages === 0 ? { from } : {}) };
    const page = await tools.kinesis.getRecords({ iterator, ...limit }, { signal: tools.signal });
    if (!page.ok) return failed(chain, head, page);
    const fields = await readable(tools, options.shard, page);
    tools.write({ ...chain.base, ...head, ...fields });
    tools.onRead(fields.records.length);
    await tools.onPage?.(options.shard, page.records);
    take(chain, page);
    const { next } = page;
    const end = endAfter(chain, next);
    if (next === undefined || end !== undefined) return ended(chain, end ?? 'closed', page.children);
    iterator = next;
    await pause(tools, pauseAfter(page, options, tools.pollMsMin));
  }
  return ended(chain, 'stopped');
};

const waitMs = 2;

/**
 * The fields of a page. If a record may belong to an unanswered put, waits for the answer, so that the record's
 * identity is known.
 */
export const readable = async (tools: ReadTools, shard: string, page: Page): Promise<PageFields> => {
  const read = tools.read ?? ownRecords(tools.run);
  for (;;) {
    const fields = pageFields(page, shard, read);
    if (fields !== 'wait') return fields;
    if (tools.signal.aborted) break;
    await pause(tools, waitMs);
  }
  const unknown = pageFields(page, shard, () => ({}));
  return unknown === 'wait' ? { records: [], more: page.next !== undefined } : unknown;
};

const take = (chain: Chain, { records, behind = 0 }: Page): void => {
  chain.pages += 1;
  chain.delivered += records.length;
  chain.last = records.at(-1)?.seq ?? chain.last;
  chain.empty = records.length === 0 && behind === 0 ? chain.empty + 1 : 0;
};

const ended = ({ last, pages }: Chain, end: ChainEnd['end'], children: readonly string[] = []): ChainEnd => ({
  end,
  last,
  pages,
  children,
});

const failed = (chain: Chain, head: object, { error, message }: ReadFailure): ChainEnd => {
  if (chain.tools.signal.aborted) return ended(chain, 'stopped');
  chain.tools.write({ ...chain.base, ...head, error, ...(message === undefined ? {} : { message }) });
  return { ...ended(chain, 'failed'), error: { name: error, message } };
};

const emptyMax = 3;
/** The number of empty pages if a record was acknowledged and not read so far: it may come late. */
const emptyOwedMax = 100;

/**
 * The number of empty pages in a row after which the reader is done. It is 1 if the reader has delivered the last
 * record that was acknowledged in the shard.
 */
const emptyWanted = ({ tools, options, last, behind }: Chain): number => {
  const owed = tools.owed?.(options.shard);
  const reached = last ?? behind;
  if (owed === undefined) return emptyMax;
  return reached !== undefined && compareSequence(reached, owed) >= 0 ? 1 : emptyOwedMax;
};

const endAfter = (chain: Chain, next: string | undefined): ChainEnd['end'] | undefined => {
  const { tools, options, delivered, empty, isLate, last = chain.behind } = chain;
  if (next === undefined) return 'closed';
  const sentinel = tools.sentinel(options.shard);
  if (sentinel !== undefined && last !== undefined && compareSequence(last, sentinel) >= 0) return 'passed';
  // No sentinel will come, because the shard has none, or the reader began after it. The shard is then done after some
  // empty pages that say that nothing is left.
  if (tools.isSealed() && (isLate || sentinel === undefined) && empty >= emptyWanted(chain)) return 'passed';
  return options.restartAfter !== undefined && delivered >= options.restartAfter ? 'restart' : undefined;
};

const recordsMax = 10_000;

/**
 * The pause before the next page. A reader that has caught up waits for `pollMs`. A reader that is behind continues as
 * soon as the service allows.
 */
const pauseAfter = (
  { records, behind = 0 }: Page,
  { limit = recordsMax, pollMs }: ShardOptions,
  least: number,
): number => (records.length === 0 || (behind === 0 && records.length < limit) ? Math.max(pollMs, least) : least);

export const pause = async (tools: ReadTools, ms: number): Promise<void> => {
  if (ms > 0) await tools.clock.sleep(ms, tools.signal).catch(() => undefined);
};

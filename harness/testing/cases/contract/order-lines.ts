import type { HistoryLine } from '../../../judging/check-history.ts';
import type { Head, HistoryEvent, IteratorStart, PutResult, ReadRecord, ShardInfo } from '../../../model/event.ts';
import { closed, lower, shard, upper, whole } from '../../generators/history-builder.ts';

const at = (index: number, info: ShardInfo | undefined): ShardInfo => {
  if (info === undefined) throw new Error('no shard');
  return { ...info, shard: shard(index) };
};
const both = (index: number, parents: readonly number[], seq: ShardInfo['seq']): ShardInfo => ({
  ...at(index, whole[0]),
  parents: parents.map(shard),
  seq,
});

/** Topologies by name. MD5 of `a` lies in the lower half, of `b` in the upper one. */
const topologies: Readonly<Record<string, readonly ShardInfo[]>> = {
  whole,
  halves: [lower(0), upper(1)],
  closed: [closed(whole[0], '500')],
  split: [closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [0], ['600', null])],
  low: [closed(whole[0], '500'), lower(1, [0], ['2', null]), upper(2, [0], ['2', null])],
  merged: [closed(lower(0), '500'), closed(upper(1), '500'), both(2, [0, 1], ['600', null])],
  again: [
    closed(whole[0], '500'),
    closed(lower(1, [0], ['600', null]), '900'),
    closed(upper(2, [0], ['600', null]), '900'),
    both(3, [1, 2], ['1000', null]),
  ],
};

const option = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1);

const digestOf = (key: string, n: number): string =>
  Buffer.from(`${key}#${n}`).toString('hex').padEnd(16, '0').slice(0, 16);

const itemOf = (text: string): { readonly key: string; readonly n: number } => {
  const [, key = '', n = ''] = /^([a-z]+)(\d+)$/.exec(text) ?? [];
  if (key === '') throw new Error(`no record: ${text}`);
  return { key, n: Number(n) };
};

/** `10`, `1/10` (in shard 1), `10.2` (sub 2), `!throttled`, `!internal`. */
const resultOf = (text: string): PutResult => {
  if (text === '!throttled') return { error: 'ProvisionedThroughputExceededException' };
  if (text.startsWith('!')) return { error: 'InternalFailure' };
  const [, index = '0', seq = '', sub] = /^(?:(\d+)\/)?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (seq === '') throw new Error(`no result: ${text}`);
  return { shard: shard(Number(index)), seq, ...(sub === undefined ? {} : { sub: Number(sub) }) };
};

/**
 * `10=a0`, `10.1=a0`, `10=p2:a0`, `10=a0@100` (its arrival), `10=a0#beef` (another digest), `10=a0#` (none); `10=z`
 * (or `10=z#beef`) is a record without identity.
 */
const readOf = (text: string): ReadRecord => {
  const [, place = '', what = '', digest, arrival] = /^([^=]+)=([^#@]+)(?:#([^@]*))?(?:@(\d+))?$/.exec(text) ?? [];
  const [seq = '', sub] = place.split('.');
  const where = {
    seq,
    ...(sub === undefined ? {} : { sub: Number(sub) }),
    ...(arrival === undefined ? {} : { arrival: Number(arrival) }),
  };
  if (/^[a-z]+$/.test(what))
    return { ...where, key: what, ...(digest === undefined ? {} : { digest: digest.padEnd(16, '0') }) };
  const [item = '', producer = 'p1'] = what.split(':').reverse();
  const { key, n } = itemOf(item);
  if (digest === '') return { ...where, key, producer, n };
  return { ...where, key, producer, n, digest: digest?.padEnd(16, '0') ?? digestOf(key, n) };
};

const starts: Readonly<Record<string, IteratorStart['type']>> = {
  TRIM: 'TRIM_HORIZON',
  LATEST: 'LATEST',
  AT: 'AT_SEQUENCE_NUMBER',
  AFTER: 'AFTER_SEQUENCE_NUMBER',
  TIME: 'AT_TIMESTAMP',
  UNKNOWN: 'UNKNOWN',
};

/** `TRIM`, `AFTER=20`, `TIME=1000`. */
const startOf = (text: string, got: object): object => {
  const [type = '', value] = text.split('=');
  const at = type === 'TIME' ? { at: Number(value) } : { seq: value };
  return { type: starts[type], ...(value === undefined ? {} : at), ...got };
};

/** When GetShardIterator was asked and answered: with the page, unless told otherwise. */
const gotOf = (words: readonly string[], asked: number): object => {
  const got = option(words, 'got');
  if (got === 'none' || Number.isNaN(asked)) return {};
  const [t0 = asked, t = asked] = got?.split('-').map(Number) ?? [];
  return { t0, t };
};

const answerOf = (words: readonly string[]): object => {
  if (words.includes('error')) return { error: 'InternalFailure' };
  const records = words.filter((word) => /^[\d.]+=/.test(word)).map(readOf);
  return words.includes('nomore') ? { records } : { records, more: !words.includes('end') };
};

/**
 * Histories in a few words, a statement a line of the file (`a0>10` is two: a PutRecord and its answer). Time passes
 * by itself, 10 µs a line.
 *
 * `put 1 a0 b0 by:p2 after:10 batch sentinel parts:2` · `ack 1 10 !throttled` · `fail 1` · `info 1` · `a0>10 by:p2
 * after:5` `read 10=a0 20=a1 by:live chain:2 shard:1 from:AFTER=20 end behind:0 error asked:5` · `topo split` ·
 * `reader live live` · `wait 1000` · `same …` (at the same time) `asked:none`: a page without `t0`; `got:5-9`: when
 * GetShardIterator was asked and answered; `got:none`; `nomore`: a page without `more` · `at 500`: when the next line
 * stands
 */
export const linesOf = (
  statements: readonly (string | Record<string, unknown>)[],
  head: Partial<Head> = {},
): readonly HistoryLine[] => {
  const writer = new Writer(head);
  for (const statement of statements) writer.write(statement);
  if (!statements.includes('cut')) writer.write({ type: 'end', reason: 'completed' });
  return writer.lines;
};

class Writer {
  readonly lines: HistoryLine[];
  #t = 0;
  #step = 10;
  #op = 100;
  readonly #chains = new Set<string>();

  constructor(head: Partial<Head>) {
    this.lines = [{ type: 'head', format: 'kinesis-order-history', version: 1, run: 'r-test', ...head }];
  }

  write(statement: string | Record<string, unknown>): void {
    if (typeof statement !== 'string') return this.#add(statement);
    const [verb = '', ...words] = statement.trim().split(/ +/);
    if (verb === 'cut') return undefined;
    if (verb === 'split') return this.#split();
    if (verb === 'same') return this.#atOnce(words.join(' '));
    if (verb === 'wait') {
      this.#t += Number(words[0]);
      return undefined;
    }
    if (verb === 'at') {
      this.#t = Number(words[0]) - this.#step;
      return undefined;
    }
    if (verb === 'topo')
      return this.#add({ type: 'topology', status: words[1] ?? 'ACTIVE', shards: topologies[words[0] ?? ''] });
    if (verb === 'reader') return this.#add({ type: 'reader', reader: words[0], role: words[1] });
    if (verb === 'put') return this.#put(Number(words[0]), words.slice(1));
    if (verb === 'ack')
      return this.#add({ type: 'ack', op: Number(words[0]), outcome: 'ok', results: words.slice(1).map(resultOf) });
    if (verb === 'fail')
      return this.#add({ type: 'ack', op: Number(words[0]), outcome: 'fail', error: 'ValidationException' });
    if (verb === 'info')
      return this.#add({ type: 'ack', op: Number(words[0]), outcome: 'info', error: 'TimeoutError' });
    if (verb === 'read') return this.#read(words);
    return this.#written(verb, words);
  }

  #atOnce(statement: string): void {
    this.#step = 0;
    this.write(statement);
    this.#step = 10;
  }

  /** A reshard that was called and is over, and what ListShards says then. */
  #split(): void {
    this.#add({ type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] });
    this.#add({ type: 'reshard', id: 1, phase: 'ok' });
    this.write('topo split');
  }

  #written(verb: string, words: readonly string[]): void {
    const [item = '', place = ''] = verb.split('>');
    this.#op += 1;
    const op = this.#op;
    this.#put(op, [item, ...words]);
    if (place === '?') return;
    if (place === 'info' || place === 'fail') this.write(`${place} ${op}`);
    else this.write(`ack ${op} ${place}`);
  }

  #put(op: number, words: readonly string[]): void {
    const items = words.filter((word) => /^[a-z]+\d+$/.test(word));
    const after = option(words, 'after');
    const hash = option(words, 'hash');
    const parts = option(words, 'parts');
    this.#add({
      type: 'put',
      op,
      producer: option(words, 'by') ?? 'p1',
      api:
        items.length > 1 && parts === undefined ? 'PutRecords' : words.includes('batch') ? 'PutRecords' : 'PutRecord',
      attempt: 1,
      ...(words.includes('sentinel') ? { role: 'sentinel' } : {}),
      ...(parts === undefined ? {} : { parts: Array.from({ length: Number(parts) }, () => ({ key: 'a' })) }),
      entries: items.map((item) => {
        const { key, n } = itemOf(item);
        return {
          key,
          n,
          digest: digestOf(key, n),
          bytes: 10,
          ...(parts === undefined ? {} : { part: 0 }),
          ...(after === undefined ? {} : { after }),
          ...(hash === undefined ? {} : { hash }),
        };
      }),
    });
  }

  #read(words: readonly string[]): void {
    const reader = option(words, 'by') ?? 'final';
    const chain = Number(option(words, 'chain') ?? 1);
    const index = Number(option(words, 'shard') ?? 0);
    const id = `${reader} ${chain} ${index}`;
    const from = option(words, 'from') ?? (this.#chains.has(id) ? undefined : 'TRIM');
    this.#chains.add(id);
    const asked = option(words, 'asked');
    const t0 = asked === undefined ? this.#t + this.#step / 2 : Number(asked);
    const behind = option(words, 'behind');
    this.#add({
      type: 'page',
      ...(asked === 'none' ? {} : { t0 }),
      reader,
      chain,
      shard: shard(index),
      ...(from === undefined || from === 'none' ? {} : { from: startOf(from, gotOf(words, t0)) }),
      ...answerOf(words),
      ...(behind === undefined ? {} : { behind: Number(behind) }),
    });
  }

  #add(event: Record<string, unknown>): void {
    this.#t += this.#step;
    this.lines.push({ t: this.#t, ...event } as unknown as HistoryEvent);
  }
}

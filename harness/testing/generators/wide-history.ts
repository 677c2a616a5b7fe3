import { type Random, seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent, PutEntryEvent, PutResult, ReadRecord, ShardInfo } from '../../model/event.ts';
import { digestOf, evenShards, homeOf } from './even-shards.ts';

type Line = Head | HistoryEvent;

/** `oddEvery`: one of this many calls goes wrong; 0: none. */
export type Wide = { readonly shards: number; readonly calls: number; readonly oddEvery: number };

const oddities = ['lost', 'doubled', 'sent again', 'misled', 'damaged', 'failed', 'swapped'] as const;

/**
 * Calls of several records to many shards, read to their ends by one final reader. So a stream has many components,
 * and calls that go to several of them. The same seed gives the same history.
 */
export const wideHistory = (seed: string, { shards: count, calls, oddEvery }: Wide): readonly Line[] => {
  const random = seededRandom(seed);
  const shards = evenShards(count);
  const stored = shards.map((): ReadRecord[] => []);
  const sent = new Map<string, number>();
  const lines: Line[] = [head];
  let [t, op] = [0, 0];
  const write = (event: object): void => {
    t += 10;
    lines.push({ t, ...event } as HistoryEvent);
  };
  const store = (entry: PutEntryEvent, at: number): PutResult => {
    const list = stored[at] as ReadRecord[];
    const seq = String(BigInt(at + 1) * 1_000_000_000n + BigInt(list.length));
    const { key, n = 0, digest = '' } = entry;
    list.push({ seq, key, n, producer: 'p', digest });
    return { shard: (shards[at] as ShardInfo).shard, seq };
  };
  const call = (entries: readonly PutEntryEvent[], odd: string | undefined): void => {
    op += 1;
    write({ type: 'put', op, producer: 'p', api: 'PutRecords', entries });
    if (odd === 'failed') return write({ type: 'ack', op, outcome: 'fail', error: 'ServiceUnavailable' });
    const results = entries.map((entry, index) => {
      const home = homeOf(shards, entry.key);
      const isOdd = index === 0 && odd !== undefined;
      const result = store(entry, isOdd && odd === 'misled' ? (home + 1) % count : home);
      const list = stored[home] as ReadRecord[];
      if (isOdd && odd === 'lost') list.pop();
      if (isOdd && odd === 'doubled') store(entry, home);
      if (isOdd && odd === 'damaged') list[list.length - 1] = { ...(list.at(-1) as ReadRecord), digest: digestOf('x') };
      return result;
    });
    write({ type: 'ack', op, outcome: 'ok', results: odd === 'swapped' ? results.reverse() : results });
  };
  write({ type: 'topology', status: 'ACTIVE', shards });
  for (let index = 0; index < calls; index += 1) {
    const entries = entriesOf(random, sent);
    const odd = oddEvery > 0 && random.int(1, oddEvery) === 1 ? random.pick(oddities) : undefined;
    call(entries, odd);
    if (odd === 'sent again' || odd === 'failed') call(entries, undefined);
  }
  write({ type: 'reader', reader: 'final', role: 'final' });
  for (const [at, { shard }] of shards.entries()) {
    const from = { type: 'TRIM_HORIZON' };
    write({ type: 'page', reader: 'final', chain: at, shard, from, records: stored[at], behind: 0, more: true });
    write({ type: 'page', reader: 'final', chain: at, shard, records: [], behind: 0, more: true });
  }
  write({ type: 'end', reason: 'completed' });
  return lines;
};

const head: Head = {
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r-wide',
  startedAt: '2026-11-23T08:00:00.000Z',
};

const entriesOf = (random: Random, sent: Map<string, number>): readonly PutEntryEvent[] =>
  Array.from({ length: random.int(1, 8) }, () => {
    const key = `key-${random.int(0, 39)}`;
    const n = sent.get(key) ?? 0;
    sent.set(key, n + 1);
    return { key, n, digest: digestOf(`${key} ${n}`) };
  });

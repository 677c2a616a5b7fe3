import { describe, expect, test } from 'vitest';
import type { HistoryLine } from '../model/event.ts';
import { lower, shard, upper } from '../testing/generators/history-builder.ts';
import { OpenShards } from './open-shards.ts';

const listed = (...shards: readonly object[]): object => ({ t: 1, type: 'topology', status: 'ACTIVE', shards });
const reshard = (id: number, phase: string): object => ({ t: 1, type: 'reshard', id, phase, action: 'SplitShard' });
const put = { t: 1, type: 'put' };
const ack = { t: 1, type: 'ack' };
const both = listed(lower(0), upper(1));
const closed = listed(lower(0), { ...upper(1), seq: ['1', '900'] });

/** For the one put of some lines, with a hash key of the lower half. */
const wrongFor = (...lines: readonly object[]): readonly string[] =>
  new OpenShards(lines as readonly HistoryLine[]).wrongFor(0n, lines.indexOf(put), lines.indexOf(ack));

describe('shards that were surely open from a call to its answer', () => {
  test('listed open before, and no reshard', () => {
    expect(wrongFor(both, put, ack)).toEqual([shard(1)]);
    expect(wrongFor(both, put, ack, both)).toEqual([shard(1)]);
  });

  test('closed only by a reshard that began after the answer', () => {
    expect(wrongFor(both, put, ack, reshard(1, 'invoke'), reshard(1, 'ok'), closed)).toEqual([shard(1)]);
  });

  test('still open in the first listing after a reshard', () => {
    expect(wrongFor(both, reshard(1, 'invoke'), put, ack, reshard(1, 'ok'), both)).toEqual([shard(1)]);
  });

  test('unknown while a reshard is under way and nothing is listed after it', () => {
    expect(wrongFor(both, reshard(1, 'invoke'), put, ack, reshard(1, 'ok'))).toEqual([]);
  });

  test('unknown while a reshard that began before the listing is under way, whatever begins later', () => {
    const [pending, second] = [reshard(1, 'invoke'), reshard(2, 'invoke')];
    expect(wrongFor(pending, both, put, ack, reshard(1, 'ok'), second, reshard(2, 'ok'), closed)).toEqual([]);
    expect(wrongFor(pending, reshard(1, 'info'), both, put, ack, second, closed)).toEqual([]);
  });

  test('open again to be sure, once the earlier reshard is over', () => {
    const [first, second] = [reshard(1, 'invoke'), reshard(2, 'invoke')];
    expect(wrongFor(first, reshard(1, 'ok'), both, put, ack, second, closed)).toEqual([shard(1)]);
  });

  test('unknown where somebody else closed it before the next listing', () => {
    expect(wrongFor(both, put, ack, closed, reshard(1, 'invoke'))).toEqual([]);
  });
});

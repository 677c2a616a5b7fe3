import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { base } from '../../testing/cases/contract/topology-cases.ts';
import { closed, type History, history, lower, shard, upper, whole } from '../../testing/generators/history-builder.ts';

const unknownOf = async (made: History): Promise<readonly string[]> => (await checkHistory(made.lines)).unknown;
const fault = (phase: string, more: object = {}): never =>
  ({
    type: 'fault',
    fault: 'throttle',
    phase,
    ...more,
  }) as never;

describe('a run that did not complete', () => {
  test('says how it ended, and why where that is known', async () => {
    expect(await unknownOf(base().end('interrupted'))).toEqual(['the run was interrupted']);
    const stopped = base().event({ type: 'end', reason: 'interrupted', error: 'interrupted (SIGTERM)' } as never);
    expect(await unknownOf(stopped)).toEqual(['the run was interrupted (SIGTERM)']);
    const failed = base().event({ type: 'end', reason: 'failed', error: 'no room' } as never);
    expect(await unknownOf(failed)).toEqual(['the run failed: no room']);
    expect(await unknownOf(base())).toEqual(['the history has no end: the run died, or the file was cut short']);
  });

  test('that acknowledged or read nothing tested nothing', async () => {
    const sentinel = history().put('s', 0, { role: 'sentinel' }).ok(5).page([]).end();
    expect(await unknownOf(sentinel)).toEqual(['nothing was acknowledged', 'nothing was read']);
    expect(await unknownOf(history().put('a', 0).fail().page([]).end())).toContain(
      'nothing was acknowledged: 1 put failed with ValidationException',
    );
  });
});

describe('an armed fault', () => {
  const never = 'the fault throttle was armed and never fired';
  test('must fire as often as it was armed, each by its id', async () => {
    const armed = base().event(fault('armed')).event(fault('armed'));
    expect(await unknownOf(armed.event(fault('fired')).end())).toEqual([never]);
    const both = base().event(fault('armed')).event(fault('armed')).event(fault('fired')).event(fault('fired'));
    expect(await unknownOf(both.end())).toEqual([]);
    const byId = base()
      .event(fault('armed', { id: 'one' }))
      .event(fault('armed', { id: 'two' }))
      .event(fault('fired', { id: 'one' }))
      .event(fault('fired', { id: 'one' }));
    expect(await unknownOf(byId.end())).toEqual([never]);
  });

  test('is said never to have fired, whatever else fired', async () => {
    const said = base().event(fault('armed')).event(fault('fired')).event(fault('never-fired'));
    expect(await unknownOf(said.end())).toEqual([never]);
  });
});

describe('a reshard', () => {
  const reshard = (id: number, phase: string, more: object = {}): never =>
    ({
      type: 'reshard',
      id,
      phase,
      ...more,
    }) as never;
  const split = { action: 'SplitShard', shards: [shard(0)] };
  const children = [closed(whole[0], '100'), lower(1, [0], ['101', null]), upper(2, [0], ['102', null])];

  test('that is planned and does not come is said, by how many', async () => {
    const planned = (count: number): History =>
      base({ scenario: { reshard: Array.from({ length: count }, () => ({})) } });
    expect(await unknownOf(planned(1).end())).toEqual(['1 planned reshard never happened']);
    expect(await unknownOf(planned(2).end())).toEqual(['2 planned reshards never happened']);
    const one = planned(2)
      .event(reshard(0, 'invoke', split))
      .event(reshard(0, 'ok'))
      .topology(children);
    expect(await unknownOf(one.end())).toEqual([
      '1 planned reshard never happened',
      'no key has records on both sides of reshard 0 (SplitShard)',
    ]);
  });

  test('is crossed by a key with records on both of its sides', async () => {
    const made = base()
      .page([], { more: false })
      .event(reshard(0, 'invoke', split))
      .event(reshard(0, 'ok'))
      .topology(children)
      .put('a', 2, { shard: 1 })
      .ok(110)
      .page([[110, 'a', 2]], { shard: 1, chain: 2 });
    expect(await unknownOf(made.end())).toEqual([]);
  });

  test('of which no shard is named is crossed where the lower shard was listed after it', async () => {
    const update = { action: 'UpdateShardCount', target: 2 };
    const across = (made: History): History =>
      made
        .put('a', 2, { shard: 1 })
        .ok(110)
        .page([[110, 'a', 2]], { shard: 1, chain: 2 });
    const after = base()
      .page([], { more: false })
      .event(reshard(0, 'invoke', update))
      .event(reshard(0, 'ok'))
      .topology(children);
    expect(await unknownOf(across(after).end())).toEqual([]);
    const before = base().page([], { more: false }).topology(children);
    const late = across(before)
      .event(reshard(0, 'invoke', update))
      .event(reshard(0, 'ok'));
    expect(await unknownOf(late.end())).toEqual(['no key has records on both sides of reshard 0 (UpdateShardCount)']);
    const named = across(base().page([], { more: false }).topology(children))
      .event(reshard(0, 'invoke', { ...update, shards: [shard(0)] }))
      .event(reshard(0, 'ok'));
    expect(await unknownOf(named.end())).toEqual(['no key has records on both sides of reshard 0 (UpdateShardCount)']);
  });
});

test('records came back, and none is one of the workload', async () => {
  const nameless = { seq: '10', key: 'a', digest: '0011223344556677' };
  const page = {
    type: 'page',
    reader: 'final',
    chain: 1,
    shard: 'shardId-000000000000',
    from: { type: 'TRIM_HORIZON' },
    records: [nameless, { ...nameless, seq: '20' }],
    more: true,
  };
  expect(
    await unknownOf(
      history({ stream: { shared: true } })
        .put('a', 0)
        .ok(5)
        .event(page)
        .end(),
    ),
  ).toContain('no record of the workload was read: 2 records came back, 2 of them without identity');
  const marker = history()
    .put('s', 0, { role: 'sentinel' })
    .ok(5)
    .page([[5, 's', 0]])
    .end();
  expect(await unknownOf(marker)).toContain('no record of the workload was read: 1 record came back, all sentinels');
});

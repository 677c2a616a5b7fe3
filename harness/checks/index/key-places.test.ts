import { describe, expect, test } from 'vitest';
import { type History, history, lower, shard, upper } from '../../testing/generators/history-builder.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import { type KeyPlaces, keyPlacesOf, routedPlacesOf } from './key-places.ts';
import type { View } from './view.ts';

/** By key, in words: shard and from which number to which. */
const told = (view: View, { key, shard: shards, low, high, ofKey, wide }: KeyPlaces): object => {
  const { keys } = view.tables.records;
  const row = (at: number): string =>
    `${shards.at(at)}: ${view.positions.seq(low.at(at))}-${view.positions.seq(high.at(at))}`;
  const rows = Object.fromEntries(keys.names.map((name, id) => [name, ofKey(id).map(row)]));
  expect(Array.from({ length: key.length }, (_, at) => ofKey(key.at(at)).includes(at))).not.toContain(false);
  return { ...rows, wide: wide.map((id) => keys.name(id)) };
};

const viewOf = (made: History): View => viewOfLines(made.lines);
const places = (made: History): object => {
  const view = viewOf(made);
  // Nothing is aggregated: all go where their own keys lead.
  expect(routedPlacesOf(view)).toBe(keyPlacesOf(view));
  expect(keyPlacesOf(view)).toBe(keyPlacesOf(view));
  return told(view, keyPlacesOf(view));
};
const two = (): History => history({}, [lower(0), upper(1)]);

describe('where a key lies', () => {
  test('is from its lowest place in a shard to its highest, whoever wrote it', () => {
    const made = two();
    for (const [index, seq] of [30, 10, 20].entries()) made.put('a', 0, { producer: `p${index}` }).ok(seq);
    made.put('b', 0).ok(15).put('b', 1, { shard: 1 }).ok(40).put('b', 2, { shard: 1 }).ok(50);
    expect(places(made)).toEqual({ a: ['0: 10-30'], b: ['0: 15-15', '1: 40-50'], wide: ['b'] });
  });

  test('may be more than two shards', () => {
    const made = history({}, [lower(0), upper(1), upper(2, [1])]);
    for (const index of [0, 1, 2]) made.put('a', index, { shard: index }).ok(10 + index);
    expect(places(made)).toEqual({ a: ['0: 10-10', '1: 11-11', '2: 12-12'], wide: ['a'] });
  });

  test('is nowhere where it was neither acknowledged nor read', () => {
    const made = two().put('a', 0).fail();
    expect(places(made)).toEqual({ a: [], wide: [] });
  });

  test('is also where a record of it was only read', () => {
    const made = two()
      .put('a', 0)
      .info()
      .page([[10, 'a', 0]]);
    expect(places(made)).toEqual({ a: ['0: 10-10'], wide: [] });
  });

  test('is not where somebody read what was never put, unless puts were not recorded', () => {
    expect(places(two().page([[10, 'a', 0]]))).toEqual({ a: [], wide: [] });
    expect(places(history({ recorded: ['pages'] }).page([[10, 'a', 0]]))).toEqual({ a: ['0: 10-10'], wide: [] });
  });

  test('leaves out the end markers of the harness, acknowledged or read', () => {
    const made = two().put('a', 0, { role: 'sentinel' }).ok(10).put('b', 0, { role: 'sentinel' }).info();
    expect(places(made.page([[20, 'b', 0]]))).toEqual({ a: [], b: [], wide: [] });
  });

  test('looks past what has no identity to what has', () => {
    const made = two().put('a', 0).info();
    const nameless = { type: 'page', reader: 'final', chain: 1, shard: shard(0), records: [{ seq: '10' }] };
    const named = {
      type: 'page',
      reader: 'final',
      chain: 2,
      shard: shard(0),
      records: [{ seq: '10', key: 'a', producer: 'p1', n: 0 }],
    };
    for (const order of [
      [nameless, named],
      [named, nameless],
      [nameless, named, nameless],
    ]) {
      const both = two().put('a', 0).info();
      for (const page of order) both.event(page);
      expect(places(both)).toEqual({ a: ['0: 10-10'], wide: [] });
    }
    expect(places(made.event(nameless))).toEqual({ a: [], wide: [] });
  });
});

describe('where a key leads', () => {
  const aggregate = {
    type: 'put',
    op: 90,
    producer: 'p1',
    api: 'PutRecord',
    parts: [{ key: 'x' }],
    entries: [{ key: 'a', n: 1, part: 0 }],
  };

  test('is not told by records that another record carries', () => {
    const result = { shard: shard(1), seq: '40', sub: 0 };
    const made = two()
      .put('a', 0)
      .ok(10)
      .event(aggregate)
      .event({ type: 'ack', op: 90, outcome: 'ok', results: [result] });
    const view = viewOf(made);
    expect(told(view, keyPlacesOf(view))).toEqual({ a: ['0: 10-10', '1: 40-40'], wide: ['a'] });
    expect(told(view, routedPlacesOf(view))).toEqual({ a: ['0: 10-10'], wide: [] });
    expect(routedPlacesOf(view)).toBe(routedPlacesOf(view));
  });

  test('is not told by an aggregated record that was only read, or acknowledged without a number of its own', () => {
    const read = two()
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .info()
      .page([[40, 'a', 1, { sub: 0 }]], { shard: 1 });
    const readView = viewOf(read);
    expect(told(readView, keyPlacesOf(readView))).toEqual({ a: ['0: 10-10', '1: 40-40'], wide: ['a'] });
    expect(told(readView, routedPlacesOf(readView))).toEqual({ a: ['0: 10-10'], wide: [] });
    const result = { shard: shard(1), seq: '40' };
    const view = viewOf(
      two()
        .put('a', 0)
        .ok(10)
        .event(aggregate)
        .event({ type: 'ack', op: 90, outcome: 'ok', results: [result] }),
    );
    expect(told(view, routedPlacesOf(view))).toEqual({ a: ['0: 10-10'], wide: [] });
  });
});

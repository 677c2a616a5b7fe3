import { describe, expect, test } from 'vitest';
import { flowOf } from '../index/fold-put.ts';
import { Tables } from '../index/tables.ts';
import { Flows, readAs } from './flows.ts';

const nobody: ReadonlySet<number> = new Set();

/** Flows that are known, in tables that name them: `p1/a` is the flow of producer p1 and key a. */
const flowsOf = (...names: readonly string[]): { readonly flows: Flows; readonly tables: Tables } => {
  const tables = new Tables();
  const flows = new Flows();
  for (const name of names) {
    const [producer = '', key = ''] = name.split('/');
    flows.know(flowOf(tables, tables.records.producers.id(producer), tables.records.keys.id(key)));
  }
  return { flows, tables };
};

describe('the numbers of a flow', () => {
  test('are sent from 0 on, one by one', () => {
    const { flows } = flowsOf('p1/a', 'p1/b');
    for (const n of [0, 1, 2]) flows.send(1, n);
    flows.send(0, 0);
    for (const n of [1, 2, 4]) expect(flows.send(1, n)).toBe(false);
    expect(flows.send(1, 3)).toBe(true);
    expect([2, 3, 4].map((n) => flows.isSent(1, n))).toEqual([true, true, false]);
    expect([flows.isSent(0, 1), flows.isSent(2, 0)]).toEqual([false, false]);
  });

  test('go back by one where the last was not stored, and only there', () => {
    const { flows } = flowsOf('p1/a', 'p1/b');
    for (const n of [0, 1, 2]) flows.send(1, n);
    expect(flows.takeBack(1, 1)).toBe(false);
    expect([flows.takeBack(1, 2), flows.takeBack(1, 1), flows.send(1, 1)]).toEqual([true, true, true]);
    expect(flows.takeBack(1, 2)).toBe(false);
  });

  test('are read from 0 on, one by one, of flows that were sent', () => {
    const { flows } = flowsOf('p1/a', 'p1/b');
    expect([flows.read(1, 0, 7), flows.read(1, 1, 7)]).toEqual([readAs.next, readAs.next]);
    expect([flows.read(1, 3, 7), flows.read(2, 0, 7)]).toEqual([readAs.odd, readAs.odd]);
    expect([1, 2].map((n) => flows.isRead(1, n))).toEqual([true, false]);
    expect([flows.lastRead(1), flows.lastRead(0), flows.shardOf(1), flows.shardOf(0)]).toEqual([1, -1, 7, -1]);
  });

  test('may be read again in the shard in which the flow lies', () => {
    const { flows } = flowsOf('p1/a', 'p1/b');
    for (const [n, shard] of [
      [0, 7],
      [1, 7],
      [2, 8],
    ] as const)
      flows.read(1, n, shard);
    expect([0, 2].map((n) => flows.read(1, n, 8))).toEqual([readAs.copy, readAs.copy]);
    expect(flows.read(1, 0, 7)).toBe(readAs.odd);
    expect(flows.read(1, 3, 8)).toBe(readAs.next);
  });

  test('count no more once the flow is set aside', () => {
    const { flows, tables } = flowsOf('p1/a', 'p1/b');
    for (const n of [0, 1]) flows.send(1, n);
    flows.read(1, 0, 7);
    expect([flows.isAside(1), flows.setAside(1), flows.isAside(1), flows.setAside(1)]).toEqual([false, 2, true, 0]);
    expect([flows.send(1, 2), flows.takeBack(1, 1), flows.isSent(1, 0)]).toEqual([false, false, false]);
    expect([0, 1, 5].map((n) => flows.read(1, n, 7))).toEqual([readAs.aside, readAs.aside, readAs.aside]);
    expect(flows.counted(nobody)).toEqual({ acked: 0, read: 0, pairs: 0, flows: 0 });
    expect([...flows.shardsOfKeys(tables, nobody).one]).toEqual([-1, -1]);
    expect([flows.isAside(2), flows.setAside(2)]).toEqual([false, 0]);
  });

  test('are set aside from the first, where their key was', () => {
    const { flows } = flowsOf('p1/a');
    flows.know(3, (flow) => flow === 2);
    expect([0, 1, 2, 3].map((flow) => flows.isAside(flow))).toEqual([false, false, true, false]);
  });

  test('are counted, and the pairs among them, but for end markers', () => {
    const { flows } = flowsOf('p1/a', 'p1/b', 'p1/c', 'p1/d', 'h/end');
    for (const [flow, count] of [0, 1, 2, 5, 3].entries())
      for (let n = 0; n < count; n += 1) {
        flows.send(flow, n);
        flows.read(flow, n, 0);
      }
    flows.send(1, 1);
    expect(flows.counted(new Set([4]))).toEqual({ acked: 9, read: 8, pairs: 5, flows: 2 });
    expect(flows.counted(nobody)).toEqual({ acked: 12, read: 11, pairs: 7, flows: 3 });
  });

  test('are those of each flow alone, however many there are', () => {
    const { flows, tables } = flowsOf(...Array.from({ length: 100 }, (_, flow) => `p1/${flow}`));
    for (let flow = 0; flow < 100; flow += 1) {
      for (let n = 0; n <= flow; n += 1) {
        flows.noteMode(flow, flow % 2 === 0, undefined);
        flows.send(flow, n);
        flows.read(flow, n, flow);
        flows.close(flow);
        flows.noteAcked(flow, n, -n);
      }
    }
    expect(flows.counted(nobody)).toEqual({ acked: 5050, read: 5050, pairs: 4950, flows: 99 });
    expect([...flows.shardsOfKeys(tables, nobody).one]).toEqual([...Array.from({ length: 100 }).keys()]);
    expect([0, 1, 2, 3, 98, 99].map((flow) => flows.modeOf(flow))).toEqual([4, 2, 4, 2, 4, 2]);
  });
});

describe('the produce mode of a flow', () => {
  const own = 1;
  const modeOf = (flows: Flows): number => flows.modeOf(own);

  test('is told by nothing before the first answer', () => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    flows.noteMode(own, false, undefined);
    expect(modeOf(flows)).toBe(0);
    expect(flows.hasAfter).toBe(false);
  });

  test('is P1 while each record goes after the last that was acknowledged', () => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    flows.noteMode(own, false, undefined);
    for (const one of [5, 6]) {
      flows.close(own);
      flows.noteAcked(own, one, -one);
      expect(flows.noteMode(own, false, { one, two: -one })).toBe(true);
      expect(modeOf(flows)).toBe(1);
    }
    expect(flows.hasAfter).toBe(true);
  });

  test('is P2 for good, where one goes after none', () => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    flows.noteAcked(own, 5, -5);
    flows.noteMode(own, false, undefined);
    expect(modeOf(flows)).toBe(2);
    flows.close(own);
    flows.noteMode(own, false, { one: 5, two: -5 });
    expect(modeOf(flows)).toBe(2);
  });

  test('is P3 where calls overlap, and P4 of a batch, before the first answer or behind it', () => {
    for (const isAcked of [false, true]) {
      const { flows } = flowsOf('p1/other', 'p1/a');
      if (isAcked) flows.noteAcked(own, 5, -5);
      flows.noteMode(own, false, undefined);
      flows.noteMode(own, false, undefined);
      expect(modeOf(flows)).toBe(3);
      flows.noteMode(own, true, undefined);
      expect(modeOf(flows)).toBe(4);
    }
  });

  test('is not asked of calls that were answered', () => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    for (let call = 0; call < 3; call += 1) {
      flows.noteMode(own, false, undefined);
      flows.close(own);
    }
    expect(modeOf(flows)).toBe(0);
  });

  test.each<readonly [string, (flows: Flows) => void]>([
    ['while nothing was acknowledged', () => undefined],
    ['of another number', (flows) => flows.noteAcked(own, 6, -5)],
    ['of another number, as the second sum tells', (flows) => flows.noteAcked(own, 5, -6)],
    ['before the last', (flows) => ([5, 6] as const).forEach((one) => flows.noteAcked(own, one, -one))],
    [
      'behind a batch, whose numbers are not kept',
      (flows) => {
        flows.noteAcked(own, 5, -5);
        flows.noteAckedInBatch(own);
      },
    ],
    [
      'beside a call under way',
      (flows) => {
        flows.noteAcked(own, 5, -5);
        flows.noteMode(own, false, undefined);
      },
    ],
  ])('is not told by a number %s', (_, before) => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    before(flows);
    expect(flows.noteMode(own, false, { one: 5, two: -5 })).toBe(false);
  });

  test('is told by the next number behind a batch', () => {
    const { flows } = flowsOf('p1/other', 'p1/a');
    flows.noteAckedInBatch(own);
    flows.noteMode(own, false, undefined);
    expect(modeOf(flows)).toBe(2);
    flows.close(own);
    flows.noteAcked(own, 5, -5);
    flows.noteMode(own, true, { one: 5, two: -5 });
    expect(modeOf(flows)).toBe(4);
  });
});

describe('the shards of a key', () => {
  test('are those of all its flows, which went from one to the next', () => {
    const { flows, tables } = flowsOf('p1/a', 'p2/a', 'p1/b', 'p1/never', 'h/end', 'p2/b', 'p3/a');
    for (const [n, shard] of [0, 0, 2, 3].entries()) flows.read(0, n, shard);
    flows.read(1, 0, 0);
    flows.read(2, 0, 1);
    flows.read(2, 1, 2);
    flows.read(4, 0, 5);
    flows.read(5, 0, 2);
    const { one, several } = flows.shardsOfKeys(tables, new Set([4]));
    expect([...one]).toEqual([3, 2, -1, -1]);
    expect([...several].map(([key, shards]) => [key, [...shards].sort((a, b) => a - b)])).toEqual([
      [0, [0, 2, 3]],
      [1, [1, 2]],
    ]);
    expect([...flows.moves.values()]).toEqual([
      [0, 2],
      [2, 3],
      [1, 2],
    ]);
  });

  test('are those of its flows, the first among them', () => {
    const { flows, tables } = flowsOf('p1/a', 'p2/a');
    flows.read(0, 0, 0);
    flows.read(1, 0, 4);
    const { one, several } = flows.shardsOfKeys(tables, nobody);
    expect([[...one], [...(several.get(0) ?? [])]]).toEqual([[0], [0, 4]]);
  });

  test('are one where its flows lie together', () => {
    const { flows, tables } = flowsOf('p1/a', 'p2/a');
    flows.read(0, 0, 4);
    flows.read(1, 0, 4);
    const { one, several } = flows.shardsOfKeys(tables, nobody);
    expect([[...one], several.size, flows.moves.size]).toEqual([[4], 0, 0]);
  });
});

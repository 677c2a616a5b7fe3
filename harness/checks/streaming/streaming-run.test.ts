import { describe, expect, test } from 'vitest';
import {
  closed,
  type History,
  history,
  lower,
  type Put,
  type Read,
  shard,
  upper,
  whole,
} from '../../testing/generators/history-builder.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';
import { Call } from './open-calls.ts';
import { StreamingRun } from './streaming-run.ts';

const said = (made: History): string => reasonOf(made.end().lines);
/** Read by the final reader, as they stand. */
const readAs = (made: History, ...records: readonly Read[]): string => said(made.page(records));

describe('a run', () => {
  const two = (head: object): string =>
    readAs(history(head).put('a', 0).ok(10).put('a', 1).ok(20), [10, 'a', 0], [20, 'a', 1]);

  test('is followed where puts and pages are recorded, of a stream of its own', () => {
    const unrecorded = 'puts or pages were not recorded';
    expect(two({ recorded: ['puts', 'pages'] })).toBe('plain');
    for (const recorded of [['puts'], ['pages'], []]) expect(two({ recorded })).toBe(unrecorded);
    expect(two({ stream: { name: 's', shared: false } })).toBe('plain');
    expect(two({ stream: { name: 's', shared: true } })).toBe('plain');
  });

  test('tells how many calls were under way at most', () => {
    const made = history();
    const [first, second] = [made.put('a', 0), made.put('b', 0)];
    first.ok(10);
    second.ok(20);
    made.put('a', 1).ok(30);
    expect(readAs(made, [10, 'a', 0], [20, 'b', 0], [30, 'a', 1])).toBe('plain');
  });

  test('is not plain before all was answered, sent again, and read', () => {
    const begun = (): History => history().put('a', 0).ok(10).put('a', 1).ok(20);
    const both: readonly Read[] = [
      [10, 'a', 0],
      [20, 'a', 1],
    ];
    expect(readAs(begun(), ...both)).toBe('plain');
    expect(readAs(begun().put('a', 2).ok(30), ...both)).toBe('aside: a record that was not read');
    const open = begun();
    open.put('b', 0);
    expect(readAs(open, ...both)).toBe('aside: a record whose put was not answered');
    expect(readAs(begun().put('b', 0).fail(), ...both)).toBe('aside: a record that was given up');
    const failed = begun().put('b', 0).fail();
    failed.put('c', 0);
    expect(readAs(failed, ...both)).toBe('aside: a record whose put was not answered');
  });

  test('is not plain where an end marker has the producer and key of workload', () => {
    const why = 'an end marker under a producer and key of the workload';
    const mark = { role: 'sentinel' } as const;
    const begun = (): History => history().put('a', 0).ok(10).put('a', 1).ok(20);
    const ends = (made: History): string => readAs(made, [10, 'a', 0], [20, 'a', 1], [30, 'b', 0], [40, 'b', 1]);
    expect(ends(begun().put('b', 0, mark).ok(30).put('b', 1, mark).ok(40))).toBe('plain');
    expect(ends(begun().put('b', 0, mark).ok(30).put('b', 1).ok(40))).toBe(why);
    expect(ends(begun().put('b', 0).ok(30).put('b', 1, mark).ok(40))).toBe(why);
    expect(ends(begun().put('b', 0).fail().put('b', 0, mark).ok(30))).toBe(why);
  });

  test('need not have flows of two records', () => {
    expect(readAs(history().put('a', 0).ok(10).put('b', 0).ok(20), [10, 'a', 0], [20, 'b', 0])).toBe('plain');
  });

  test('has a record that was acknowledged, and one that was read', () => {
    const nothing = 'no record that was acknowledged, or none that was read';
    expect(readAs(history())).toBe(nothing);
    expect(readAs(history().put('a', 0).fail(), [10, 'a', 0])).toBe(nothing);
  });
});

test('a key that is set aside may be a quarter of what was sent, and some thousands, and no more', () => {
  const one = (calls: number): string => {
    const made = history();
    const key = (call: number): string => (call % 2 === 0 ? 'a' : 'b');
    // Of `a` the first record is missing.
    const records = Array.from({ length: calls * 100 }, (_, index): Read => {
      const call = Math.floor(index / 100);
      return [index + 1, key(call), Math.floor(call / 2) * 100 + (index % 100) + 1 - (call % 2)];
    });
    for (let call = 0; call < calls; call += 1) {
      const own = records.slice(call * 100, call * 100 + 100);
      made.batch(own.map(([, name, n]) => [name, n])).ok(...own.map(([seq]) => seq));
    }
    return readAs(made, ...records);
  };
  expect(one(4)).toBe('aside: a flow does not count up from 0');
  expect(one(200)).toBe('too many records to set aside');
});

describe('a call', () => {
  test('has numbers that ascend, in each shard', () => {
    const batch = (...seqs: readonly number[]): string => {
      const made = history()
        .put('a', 0)
        .ok(10)
        .batch([
          ['a', 1],
          ['b', 0],
        ])
        .ok(...seqs);
      return readAs(made, [10, 'a', 0], [seqs[0] ?? 0, 'a', 1], [seqs[1] ?? 0, 'b', 0]);
    };
    expect(batch(20, 30)).toBe('plain');
    for (const seq of [20, 15]) expect(batch(20, seq)).toBe('a call whose numbers do not ascend');
  });

  test('lies above those that were answered before it was sent', () => {
    const below = 'a number below one that was acknowledged before';
    for (const seq of [10, 5]) expect(said(history().put('a', 0).ok(10).put('b', 0).ok(seq))).toBe(below);
    const made = history();
    const [slow, quick] = [made.put('a', 0), made.put('b', 0)];
    quick.ok(20);
    slow.ok(10);
    made.put('a', 1).ok(30);
    expect(readAs(made, [10, 'a', 0], [20, 'b', 0], [30, 'a', 1])).toBe('plain');
  });

  test('may be answered in parts of two shards, or be an end marker, however low', () => {
    const made = history().put('a', 0).ok(10).put('a', 1).ok(30);
    made.put('end', 0, { role: 'sentinel' }).ok(20);
    const reads: readonly Read[] = [
      [10, 'a', 0],
      [20, 'end', 0],
      [30, 'a', 1],
    ];
    expect(readAs(made, ...reads)).toBe('plain');
  });

  test('that failed is sent again with what it held', () => {
    const failed = (): History => history().put('a', 0).ok(10).put('a', 1).fail();
    const reads: readonly Read[] = [
      [10, 'a', 0],
      [20, 'a', 1],
    ];
    expect(readAs(failed().put('a', 1).ok(20), ...reads)).toBe('plain');
    const other = 'a record that is sent again with other bytes';
    const bytes = { digest: '0000000000000001' };
    expect(readAs(failed().put('a', 1, bytes).ok(20), [10, 'a', 0], [20, 'a', 1, bytes])).toBe(`aside: ${other}`);
    expect(readAs(failed().put('a', 2).ok(20), [10, 'a', 0], [20, 'a', 2])).toBe(
      'aside: a flow does not count up from 0',
    );
    const overtaken = history();
    const first = overtaken.put('a', 0);
    overtaken.put('a', 1).ok(20).put('a', 2).ok(30);
    first.fail();
    expect(readAs(overtaken, [20, 'a', 1], [30, 'a', 2])).toBe('aside: a record that was sent behind one that failed');
  });

  test('that failed and held several of a flow is sent again in their order', () => {
    const batch = [
      ['a', 0],
      ['a', 1],
      ['a', 2],
    ] as const;
    const made = history().batch(batch).fail().batch(batch).ok(10, 20, 30);
    expect(readAs(made, [10, 'a', 0], [20, 'a', 1], [30, 'a', 2])).toBe('plain');
  });

  test('of an end marker is set aside if it is not stored', () => {
    const marked = (answer: (made: History, marker: Put) => void): string => {
      const made = history().put('a', 0).ok(10);
      answer(made, made.put('end', 0, { role: 'sentinel' }));
      return readAs(made.put('end', 1, { role: 'sentinel' }).ok(20), [10, 'a', 0], [20, 'end', 1]);
    };
    const notStored = 'aside: an end marker that was not stored';
    expect(marked((_, marker) => marker.fail())).toBe(notStored);
    expect(marked((_, marker) => marker.info())).toBe(notStored);
    expect(marked(() => undefined)).toBe('aside: a record that is not the next of its flow');
  });

  test('goes after the last number of each of its flows', () => {
    const refused = 'a SequenceNumberForOrdering that is not the last of its flow';
    const after = (...numbers: readonly number[]): string => {
      const made = history().put('a', 0).ok(10).put('b', 0).ok(20);
      const entries = ['a', 'b'].map((key, index) => ({ key, n: 1, after: String(numbers[index]) }));
      made.event({ type: 'put', op: 9, producer: 'p1', api: 'PutRecords', entries } as never);
      made.event({
        type: 'ack',
        op: 9,
        outcome: 'ok',
        results: [30, 40].map((seq) => ({ shard: shard(0), seq: String(seq) })),
      } as never);
      const none = { digest: undefined } as never;
      return readAs(made, [10, 'a', 0], [20, 'b', 0], [30, 'a', 1, none], [40, 'b', 1, none]);
    };
    expect(after(10, 20)).toBe('plain');
    for (const numbers of [
      [10, 10],
      [20, 20],
      [10, 21],
    ])
      expect(after(...numbers)).toBe(`aside: ${refused}`);
  });
});

describe('an arrival time', () => {
  const startedAt = '2026-11-23T08:00:00.000Z';
  const start = Date.parse(startedAt);
  const begun = (): History => history({ startedAt }).put('a', 0).ok(10);

  test('is told of each record by itself', () => {
    const made = begun()
      .page([[10, 'a', 0, { arrival: start }]])
      .wait(5_000_000)
      .put('a', 1)
      .ok(20)
      .page([[20, 'a', 1]]);
    expect(said(made)).toBe('plain');
  });

  test('fits its put, also of a record that was read before its answer', () => {
    const misfit = 'an arrival time that does not fit its put';
    expect(said(begun().page([[10, 'a', 0, { arrival: start + 1500 }]]))).toBe(misfit);
    const early = (arrival: number): string => {
      const made = begun().wait(5_000_000);
      const put = made.put('a', 1);
      made.page([
        [10, 'a', 0],
        [20, 'a', 1, { arrival: start + arrival }],
      ]);
      return said(put.ok(20));
    };
    expect([early(5000), early(2000), early(7000)]).toEqual(['plain', misfit, misfit]);
  });

  test('does not fall along its shard by more than the skew', () => {
    const second = (arrival: number): string => {
      const made = history({ startedAt });
      const puts = [made.put('a', 0), made.put('a', 1)];
      made.wait(5_000_000);
      for (const [index, put] of puts.entries()) put.ok(10 * index + 10);
      return readAs(made, [10, 'a', 0, { arrival: start + 4000 }], [20, 'a', 1, { arrival: start + arrival }]);
    };
    expect([second(3000), second(2999)]).toEqual(['plain', 'an arrival time that falls']);
  });
});

describe('many records', () => {
  test('are followed round the ring that holds those under way', () => {
    const made = history();
    const reads: Read[] = [];
    let seq = 0;
    for (let n = 0; n < 1050; n += 3) {
      const answer = made.batch([0, 1, 2].map((more) => ['a', n + more] as const));
      if (n % 10 === 0) {
        answer.fail();
        made.batch([0, 1, 2].map((more) => ['a', n + more] as const)).ok(seq + 1, seq + 2, seq + 3);
      } else answer.ok(seq + 1, seq + 2, seq + 3);
      for (const more of [0, 1, 2]) reads.push([seq + more + 1, 'a', n + more]);
      seq += 3;
    }
    expect(readAs(made, ...reads)).toBe('plain');
  });

  test('are too many answers beside a call that is never answered', () => {
    const run = new StreamingRun();
    run.begin();
    const record = {
      flow: run.flowOf(run.tables.records.producers.id('p'), run.tables.records.keys.id('a')),
      sub: 0,
      hasDigest: 0,
      high: 0,
      low: 0,
      arrival: 0,
    };
    const send = (op: number, flow: number, n: number): void => {
      run.openCall(new Call(op, op, op, 1));
      run.send({ ...record, flow, n }, undefined);
    };
    send(0, run.flowOf(0, run.tables.records.keys.id('b')), 0);
    const limbs = new Int32Array(8);
    const shardId = run.tables.shards.id(shard(0));
    const answer = (op: number): void => {
      send(op, record.flow, op - 1);
      run.closeCall(op, 1);
      limbs[7] = op;
      run.place(run.shard(shardId), limbs, 0, 0, op);
      run.settle(limbs, op);
    };
    for (let op = 1; op <= 65_536; op += 1) answer(op);
    expect(run.spills.all).toBeUndefined();
    answer(65_537);
    expect(run.spills.all).toBe('too many answers beside an open call');
  });
});

describe('a shard that was shown closed', () => {
  const start = (): History => history().put('a', 0).ok(10);
  const close = (made: History): History =>
    made.topology([closed(whole[0], '90'), lower(1, [0], ['91', null]), upper(2, [0], ['92', null])]);
  const reads: readonly Read[] = [
    [10, 'a', 0],
    [20, 'a', 1],
  ];

  test('takes what was sent before, and end markers', () => {
    const made = start();
    const late = made.put('a', 1);
    close(made);
    late.ok(20).put('end', 0, { role: 'sentinel' }).ok(30);
    expect(said(made.page([...reads, [30, 'end', 0]], { more: false }))).toBe('plain');
  });

  test('takes nothing that was sent later, whichever was answered last', () => {
    const made = start();
    const slow = made.put('b', 0);
    close(made);
    made.put('a', 1).ok(20);
    slow.ok(30);
    expect(said(made.page([...reads, [30, 'b', 0]], { more: false }))).toBe(
      'a record in a shard that was closed before',
    );
  });
});

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import type { Delivery } from './deliveries.ts';
import { GivenAt } from './given-at.ts';
import { subjectsOf } from './subjects.ts';

/** A record that the application is given: its place, which of three keys it says it has, and by which worker. */
const given = fc.record({
  place: fc.integer({ min: 1, max: 4 }),
  key: fc.constantFrom('a', 'b', 'c'),
  worker: fc.option(fc.constantFrom('w1', 'w2'), { nil: undefined }),
  isDone: fc.boolean(),
});
type Given = { readonly place: number; readonly key: string; readonly worker: string | undefined };

const placed = { shard: 'shardId-000000000000' } as const;
const head: HistoryLine = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r', startedAt: '2026' };
const told = (worker: string | undefined) => (worker === undefined ? {} : { worker });

const linesOf = (all: readonly (Given & { readonly isDone: boolean })[]): readonly HistoryLine[] => [
  head,
  { t: 1, type: 'reader', reader: 'app', role: 'subject' },
  ...all.flatMap(({ place, key, worker, isDone }, index): HistoryLine[] => [
    {
      t: index + 2,
      type: 'page',
      reader: 'app',
      chain: index,
      from: { type: 'UNKNOWN' },
      records: [{ seq: String(place), key, n: 0 }],
      ...placed,
      ...told(worker),
    },
    ...(isDone
      ? ([
          {
            t: index + 2,
            type: 'subject',
            reader: 'app',
            event: 'done',
            seq: String(place),
            ...placed,
            ...told(worker),
          },
        ] as const)
      : []),
  ]),
];

const groupIn = (all: readonly (Given & { readonly isDone: boolean })[]) => {
  const subjects = subjectsOf(viewOfLines(linesOf(all)));
  const [group] = subjects.groups;
  if (group === undefined) throw new Error('there is one application');
  return { group, subjects };
};

test.prop([fc.array(given)])('deliveries and reports are those of the lines, in their order', (all) => {
  const { group } = groupIn(all);
  const deliveries = [...group.deliveries];
  const nameOf = ({ item }: Delivery): string => all[deliveries.findIndex((one) => one.item === item)]?.key ?? '';
  expect(deliveries.map(nameOf)).toEqual(all.map(({ key }) => key));
  deliveries.forEach((delivery, index) => expect(group.deliveries.at(index)).toEqual(delivery));
  expect(group.deliveries.at(all.length)).toBeUndefined();
  expect(group.deliveries.at(-1)).toBeUndefined();
  const firsts = deliveries.filter(({ item }, index) => deliveries.findIndex((one) => one.item === item) === index);
  expect([...group.deliveries.firsts()]).toEqual(firsts);
  for (const first of firsts) expect(group.deliveries.firstOf(first.item)).toEqual(first);

  const done = all.filter(({ isDone }) => isDone);
  expect([...group.dones].map(({ reported }) => reported.event)).toEqual(
    done.map(({ worker }) => ({ event: 'done', ...told(worker) })),
  );
  for (const one of group.dones)
    expect(group.dones.firstOf(one.item)).toEqual([...group.dones].find(({ item }) => item === one.item));
  expect(group.dones.at(done.length)).toBeUndefined();
});

test.prop([fc.array(given)])('each place has what came from it, without those that repeat the one before', (all) => {
  const { group, subjects } = groupIn(all);
  const { positions } = subjects.view;
  const at = new GivenAt(group.deliveries, positions.count);
  for (let position = 0; position < positions.count; position += 1) {
    const own = [...group.deliveries].filter((one) => one.position === position);
    expect(at.of(position)).toEqual(own.filter(({ item }, index) => own[index - 1]?.item !== item));
  }
});

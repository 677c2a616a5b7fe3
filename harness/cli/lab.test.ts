import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { packingArm, packingMs } from '../compare/arms.ts';
import { measureFold } from '../compare/measure.ts';
import { offeredIn, planCompare } from '../compare/plan-compare.ts';
import { packingColumns } from '../compare/render/step-table.ts';
import type { Round } from '../compare/round.ts';
import { scenarioOf } from '../compare/scenario-of.ts';
import { stepOf } from '../compare/sweep.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBody, HistoryEvent } from '../model/event.ts';
import { hashKeyMax } from '../model/hash-key.ts';
import { limitsOf } from '../model/limits.ts';
import { recordedPut } from '../producers/recorded-put.ts';
import { producers } from '../producers/registry.ts';
import { recordsOf } from '../run/produce.ts';
import { labFacts, labSetting } from './lab-facts.ts';

const facts = labFacts.parse(JSON.parse(await readFile('docs/lab.json', 'utf8')));

/** Time that passes by sleeping only: calls are cut on the schedule, so that no engine is needed to know them. */
const virtualClock = (): Clock => {
  let now = 0;
  const sleep = (ms: number): Promise<void> => {
    now += Math.max(1, Math.round(ms * 1000));
    return Promise.resolve();
  };
  return { now: () => now, wallMs: () => 0, sleep };
};

/** The same records as those of the page, into one shard that takes everything at once. */
const packed = async (ms: (typeof packingMs)[number]): Promise<readonly string[]> => {
  const { target, seed, packing } = labSetting;
  const { rate } = packing;
  const arm = packingArm(ms);
  const said = { target, seed, ...packing, out: tmpdir() };
  const plan = await planCompare(said, () => Promise.resolve(true));
  const { scenario } = scenarioOf(plan.base, arm, { ...offeredIn(plan, 1), label: 'packing' });
  const records = recordsOf({ scenario, identityRun: '12345678' }, 'p1', false);
  const clock = virtualClock();
  const fold = measureFold();
  let [op, seq] = [0, 0];
  const results = (count: number) => Array.from({ length: count }, () => ({ shard: 's0', seq: String((seq += 1)) }));
  const put = recordedPut({
    stream: 's',
    producer: 'p1',
    kinesis: {
      putRecord: () => Promise.resolve({ outcome: 'ok', results: results(1) }),
      putRecords: ({ entries }) => Promise.resolve({ outcome: 'ok', results: results(entries.length) }),
    },
    write: (event: EventBody) => {
      fold.take({ t: clock.now(), ...event } as HistoryEvent);
      return 0;
    },
    nextOp: () => (op += 1),
    isTagged: false,
    onAnswer: () => undefined,
  });
  const { type, ...options } = arm.producer;
  await producers[type as 'putRecordsAggregated'].make({ ...options, rate })({
    next: () => records.next().value ?? undefined,
    put,
    limits: limitsOf('aws'),
    refuse: (why) => {
      throw why;
    },
    shards: () => Promise.resolve([{ shard: 's0', range: ['0', String(hashKeyMax)], parents: [], seq: ['0', null] }]),
    clock,
    signal: new AbortController().signal,
  });
  const round = { verdict: { claims: [] }, measured: fold.result() } as unknown as Round;
  const step = stepOf(arm, rate, ms, round);
  return packingColumns.slice(0, 4).map(({ cell }) => cell(step));
};

describe('docs/lab.json', () => {
  test('what packing buys is what the code does: calls are cut on the schedule, on any machine', async () => {
    const rows = await Promise.all(packingMs.map(packed));
    expect(facts.packing.rows.map((row) => row.slice(0, 4))).toEqual(rows);
  });

  test('larger values of RecordMaxBufferedTime pack more, and cost fewer units', () => {
    const of = (column: number) => facts.packing.rows.map((row) => Number(row[column]?.replaceAll(',', '')));
    expect(of(1)).toEqual(of(1).toSorted((a, b) => a - b));
    expect(of(2)).toEqual(of(2).toSorted((a, b) => b - a));
  });
});

import { describe, expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { limitsOf } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { batcherLaws, type LawOptions } from '../properties/batcher-laws.ts';
import type { MakeSubject } from '../properties/subject.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { ProducerTools } from './producer.ts';
import { putRecords } from './put-records.ts';

/**
 * What drives runs keeps the laws of a batcher too: handed over one by one, and sent when all is there, as a scenario
 * does it.
 */
const subject =
  (options: object, profile: 'aws' | 'kinesalite'): MakeSubject =>
  ({ send }) => {
    const given: PutRecordInput[] = [];
    const back = new Map<Outgoing, PutRecordInput>();
    const tools: ProducerTools = {
      next: () => {
        const record = given.shift();
        if (record === undefined) return undefined;
        const outgoing = { ...record, n: 0, digest: '' };
        back.set(outgoing, record);
        return outgoing;
      },
      put: async ({ entries }) => {
        const answers = await send(entries.flatMap((entry) => back.get(entry) ?? []));
        const results = answers.map(({ error }) => (error === undefined ? { shard: 's', seq: '1' } : { error }));
        return { op: 1, outcome: { outcome: 'ok', results } };
      },
      limits: limitsOf(profile),
      refuse: (why) => expect(why).toBeUndefined(),
      shards: () => Promise.resolve([]),
      clock: systemClock(),
      signal: new AbortController().signal,
    };
    return { add: (record) => given.push(record), flush: () => putRecords.make({ batch: 500, ...options })(tools) };
  };

const runs = Number(process.env['LAW_RUNS'] ?? 40);
const kept = { runs, keepsOrderOnResend: true };
const cases: readonly (readonly [string, 'aws' | 'kinesalite', LawOptions])[] = [
  ['failed-and-following', 'aws', kept],
  ['tail', 'kinesalite', kept],
  ['failed-entries', 'aws', { runs }],
  ['leave', 'kinesalite', { runs }],
];

describe.each(cases)('putRecords, retrying %s to the limits of %s', (retry, profile, options) => {
  // Refusals are told at the end of a run, not to who hands a record over: they have tests of their own.
  const laws = batcherLaws(subject({ retry, attempts: 100 }, profile), limitsOf(profile), options).filter(
    ({ name }) => name !== 'what can never fit is refused by name',
  );
  test.each(laws.map(({ name, check }) => [name, check] as const))('%s', (_name, check) => check());
});

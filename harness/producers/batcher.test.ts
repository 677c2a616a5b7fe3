import { describe, expect, test } from 'vitest';
import { limitsOf } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { batcherLaws } from '../properties/batcher-laws.ts';
import type { MakeSubject } from '../properties/subject.ts';
import { createBatcher } from './batcher.ts';
import type { ResendName } from './batcher-resend.ts';
import { createSender } from './batcher-sender.ts';

const aws = limitsOf('aws');
const subject =
  (resend: ResendName, bufferedRecordsMax?: number): MakeSubject =>
  ({ send, nowMs }) =>
    createSender<PutRecordInput>({
      batcher: createBatcher({
        limits: aws,
        maxBufferedMs: 5,
        ...(bufferedRecordsMax === undefined ? {} : { bufferedRecordsMax }),
      }),
      send,
      nowMs,
      sleep: () => Promise.resolve(),
      resend,
      attempts: 100,
      backOffMs: 1,
      backOffMsMax: 8,
      onGivenUp: (records) => {
        throw new Error(`gave up ${records.length}`);
      },
    });

const runs = Number(process.env['LAW_RUNS'] ?? 40);
const cases = [
  [
    'failed and following',
    batcherLaws(subject('failed-and-following'), aws, { runs, maxBufferedMs: 5, keepsOrderOnResend: true }),
  ],
  ['tail', batcherLaws(subject('tail'), aws, { runs, maxBufferedMs: 5, keepsOrderOnResend: true })],
  ['failed', batcherLaws(subject('failed-entries'), aws, { runs, maxBufferedMs: 5 })],
] as const;

describe.each(cases)('the batcher, resending %s', (_, laws) => {
  test.each(laws.map(({ name, check }) => [name, check] as const))('%s', (_name, check) => check());
});

const record = (key: string, bytes = 10): PutRecordInput => ({ key, data: Buffer.alloc(bytes) });

describe('the batcher', () => {
  test('keeps a lane for each shard', () => {
    const batcher = createBatcher<PutRecordInput>({ limits: aws, laneOf: ({ key }) => key });
    for (const key of ['a', 'b', 'a']) batcher.add(record(key), 0);
    batcher.flush();
    expect(
      [batcher.take(), batcher.take(), batcher.take()].map((batch) => batch?.records.map(({ key }) => key)),
    ).toEqual([['a', 'a'], ['b'], undefined]);
  });

  test('is full at its caps until a batch was taken', () => {
    const batcher = createBatcher<PutRecordInput>({ limits: aws, bufferedRecordsMax: 2, bufferedBytesMax: 30 });
    expect([batcher.add(record('a'), 0), batcher.add(record('a', 25), 0)]).toEqual(['added', 'full']);
    expect([batcher.add(record('a'), 0), batcher.add(record('a'), 0)]).toEqual(['added', 'full']);
    batcher.flush();
    batcher.take();
    expect(batcher.add(record('a'), 0)).toBe('added');
    expect(batcher.buffered()).toEqual({ records: 1, bytes: 11 });
  });

  test('says when it is due, and closes by time then', () => {
    const batcher = createBatcher<PutRecordInput>({ limits: aws, maxBufferedMs: 5 });
    expect(batcher.dueMs()).toBeUndefined();
    batcher.add(record('a'), 7);
    expect(batcher.dueMs()).toBe(12);
    batcher.tick(11);
    expect(batcher.take()).toBeUndefined();
    batcher.tick(12);
    expect(batcher.take()).toMatchObject({ closedBy: 'time', bytes: 11 });
  });

  test.each([1, 20, 100, 500])('at its due time it closes, whatever the fractions of %i ms come to', (k) => {
    for (const maxBufferedMs of [0.001, 5, 100 / 3]) {
      const batcher = createBatcher<PutRecordInput>({ limits: aws, maxBufferedMs });
      batcher.add(record('a'), (k / 150) * 1000);
      batcher.tick(batcher.dueMs() ?? 0);
      expect(batcher.take()?.closedBy).toBe('time');
    }
  });

  test('takes nothing once closed', () => {
    const batcher = createBatcher<PutRecordInput>({ limits: aws });
    batcher.close();
    expect(String(batcher.add(record('a'), 0))).toMatch(/record "a": the batcher is closed/);
  });

  test.each<[unknown, RegExp]>([
    [{ data: Buffer.alloc(1) }, /without a partition key/],
    [{ key: 'a', data: 'text' }, /record "a": data is string, not bytes/],
    [record(''), /at least 1 character/],
    [record('k'.repeat(257), 1), /257 characters, the limit is 256/],
    [record('é', 1_048_575), /record "é": 1048577 bytes with its key, the limit is 1048576 \(recordBytes\)/],
    [{ ...record('a'), hash: String(1n << 128n) }, /explicit hash key "340282366920938463463374607431768211456"/],
  ])('refuses %o and goes on', (bad, words) => {
    const batcher = createBatcher<PutRecordInput>({ limits: aws });
    expect(String(batcher.add(bad as PutRecordInput, 0))).toMatch(words);
    expect(batcher.add(record('a'), 0)).toBe('added');
    expect(batcher.buffered().records).toBe(1);
  });

  test('refuses limits and times that are none, and profiles that do not exist', () => {
    expect(() => createBatcher({ limits: { ...aws, records: -1 } })).toThrow(/limits\.records: -1/);
    expect(() => createBatcher({ limits: aws, maxBufferedMs: 0 })).toThrow(/maxBufferedMs: 0/);
    expect(() => limitsOf('azure')).toThrow(/no limit profile "azure"/);
    expect(() => limitsOf('aws', { maxRecordSizeInKiB: 1000 })).toThrow(/maxRecordSizeInKiB: 1000/);
    expect(limitsOf('aws', { maxRecordSizeInKiB: 2048 }).recordBytes).toBe(2_097_152);
  });
});

describe('the sender', () => {
  test('refuses to whoever gave it what can never be sent, and sends all others in order', async () => {
    const sent: string[] = [];
    const sender = createSender<PutRecordInput>({
      batcher: createBatcher({ limits: aws }),
      send: (entries) => {
        sent.push(...entries.map(({ key }) => key));
        return Promise.resolve(entries.map(() => ({})));
      },
      nowMs: () => 0,
      sleep: () => Promise.resolve(),
      resend: 'leave',
      attempts: 1,
      backOffMs: 0,
      backOffMsMax: 0,
      onGivenUp: () => expect.unreachable(),
    });
    const bad = [{}, record(''), record('k'.repeat(257)), { key: 'x', data: 'text' }, { ...record('x'), hash: '-1' }];
    const all = [record('a'), ...bad, record('b'), record('x', 1_048_576), record('c')] as PutRecordInput[];
    const answers = await Promise.allSettled(all.map((one) => sender.add(one)));
    await sender.flush();
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(6);
  });

  test('gives up behind the last attempt and pauses ever longer before each', async () => {
    const pauses: number[] = [];
    const lost: PutRecordInput[] = [];
    const attempts: number[] = [];
    const sender = createSender<PutRecordInput>({
      batcher: createBatcher({ limits: aws }),
      send: (entries, attempt) => {
        attempts.push(attempt);
        return Promise.resolve(entries.map(() => ({ error: 'InternalFailure' })));
      },
      nowMs: () => 0,
      sleep: (ms) => Promise.resolve(void pauses.push(ms)),
      resend: 'failed-and-following',
      attempts: 5,
      backOffMs: 10,
      backOffMsMax: 50,
      onGivenUp: (records) => lost.push(...records),
    });
    await sender.add(record('a'));
    await sender.flush();
    expect([attempts, pauses, lost.length]).toEqual([[1, 2, 3, 4, 5], [10, 20, 40, 50], 1]);
  });
});

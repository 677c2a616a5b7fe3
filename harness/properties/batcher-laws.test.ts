import { describe, expect, test } from 'vitest';
import { limitsOf } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { batcherLaws, checkBatcherLaws, type LawName } from './batcher-laws.ts';
import type { MakeSubject } from './subject.ts';

/** One small batcher that is right, and the ways in which batchers are wrong: each overrides one of its decisions. */
type Decisions = {
  readonly countMax: number;
  readonly bytesMax: number;
  readonly recordMax: number;
  readonly size: (record: PutRecordInput) => number;
  readonly refuse: (record: PutRecordInput) => Error | undefined;
  readonly arrange: (batch: PutRecordInput[]) => PutRecordInput[];
  readonly dueMs: number;
  readonly resend: (
    batch: readonly PutRecordInput[],
    isFailed: (index: number) => boolean,
    rest: PutRecordInput[],
  ) => PutRecordInput[];
  readonly atFlush: (batch: PutRecordInput[]) => PutRecordInput[];
  readonly isRefusedLeft: boolean;
};

const limits = limitsOf('aws');
const bytesOf = ({ key, data }: PutRecordInput): number => data.length + Buffer.byteLength(key);
const right: Decisions = {
  countMax: limits.records,
  bytesMax: limits.requestBytes,
  recordMax: limits.recordBytes,
  size: bytesOf,
  refuse: ({ key }) => new Error(`${key} can never be sent`),
  arrange: (batch) => batch,
  dueMs: 5,
  resend: (batch, isFailed) => batch.filter((_, index) => isFailed(index)),
  atFlush: (batch) => batch,
  isRefusedLeft: true,
};

const batcher =
  (wrong: Partial<Decisions>): MakeSubject =>
  ({ send, nowMs }) => {
    const how = { ...right, ...wrong };
    let batch: PutRecordInput[] = [];
    let since = 0;
    const total = (): number => batch.reduce((sum, record) => sum + how.size(record), 0);
    const go = async (): Promise<void> => {
      let out = how.arrange(batch);
      batch = [];
      for (let attempt = 0; out.length > 0 && attempt < 60; attempt += 1) {
        const answers = await send(out);
        out = how.resend(out, (index) => answers[index]?.error !== undefined, batch);
      }
    };
    return {
      add: async (record) => {
        if (how.size(record) > how.recordMax || record.key.length > limits.keyCharacters) {
          const error = how.refuse(record);
          if (!how.isRefusedLeft) batch = [];
          if (error === undefined) return;
          throw error;
        }
        if (batch.length > 0 && total() + how.size(record) > how.bytesMax) await go();
        if (batch.length === 0) since = nowMs();
        batch.push(record);
        if (batch.length >= how.countMax) await go();
      },
      tick: async () => {
        if (batch.length > 0 && nowMs() - since >= how.dueMs) await go();
      },
      flush: async () => {
        batch = how.atFlush(batch);
        if (batch.length > 0) await go();
      },
    };
  };

const options = { maxBufferedMs: 5, keepsOrderOnResend: true };

const wrongs: Readonly<Record<string, readonly [LawName, Partial<Decisions>]>> = {
  'takes one more than the most records': ['no call is over a limit', { countMax: limits.records + 1 }],
  'closes one record too early': ['no two neighbouring calls fit into one', { countMax: limits.records - 1 }],
  'takes one byte more than the most': ['no call is over a limit', { bytesMax: limits.requestBytes + 1 }],
  'closes at half the bytes': ['no two neighbouring calls fit into one', { bytesMax: limits.requestBytes / 2 }],
  'does not count the key': ['no call is over a limit', { size: ({ data }) => data.length }],
  'counts the key in UTF-16': ['no call is over a limit', { size: ({ key, data }) => data.length + key.length }],
  'counts the base64': [
    'what can never fit is refused by name',
    { size: (record) => Math.ceil((bytesOf(record) * 4) / 3) },
  ],
  'takes a record one byte too large': ['what can never fit is refused by name', { recordMax: limits.recordBytes + 1 }],
  'refuses a record of exactly the limit': [
    'what can never fit is refused by name',
    { recordMax: limits.recordBytes - 1 },
  ],
  'drops oversize in silence': ['what can never fit is refused by name', { refuse: () => undefined }],
  'refuses without a name': ['what can never fit is refused by name', { refuse: () => new Error('too large') }],
  'loses what waits when it refuses': ['what can never fit is refused by name', { isRefusedLeft: false }],
  'drops at flush': ['nothing is lost or repeated', { atFlush: () => [] }],
  'drops the last at flush': ['nothing is lost or repeated', { atFlush: (batch) => batch.slice(0, -1) }],
  'repeats a record': ['nothing is lost or repeated', { arrange: (batch) => [...batch.slice(0, 1), ...batch] }],
  'sends copies in place of what it was given': [
    'nothing is lost or repeated',
    { arrange: (batch) => batch.map((record) => ({ ...record, data: new Uint8Array(0) })) },
  ],
  'sends the newest first': ['a key keeps its order', { arrange: (batch) => batch.toReversed() }],
  'sorts by size': [
    'a key keeps its order',
    { arrange: (batch) => batch.toSorted((a, b) => a.data.length - b.data.length) },
  ],
  'drops records that look alike': [
    'nothing is lost or repeated',
    {
      arrange: (batch) => [...new Map(batch.map((record) => [`${record.key}/${record.data.length}`, record])).values()],
    },
  ],
  'waits a millisecond too long': ['no record waits longer than its bound', { dueMs: 6 }],
  'never closes by time': ['no record waits longer than its bound', { dueMs: Number.POSITIVE_INFINITY }],
  'never sends failed entries again': ['a failed record is not overtaken', { resend: () => [] }],
  'sends only the first failed entry again': [
    'a failed record is not overtaken',
    { resend: (batch, isFailed) => batch.filter((_, index) => isFailed(index)).slice(0, 1) },
  ],
  'queues failed entries behind newer ones': [
    'a failed record is not overtaken',
    {
      countMax: 3,
      resend: (batch, isFailed, rest) => {
        rest.push(...batch.filter((_, index) => isFailed(index)));
        return [];
      },
    },
  ],
};

describe('the laws', () => {
  test('hold for a batcher that is right', () => checkBatcherLaws(batcher({}), limits, { ...options, runs: 30 }));

  test.each(Object.entries(wrongs))('catch a batcher that %s', async (_, [name, wrong]) => {
    const law = batcherLaws(batcher(wrong), limits, options).find((one) => one.name === name);
    await expect(law?.check()).rejects.toThrow(new RegExp(`^${name}: .*\\n.*smallest records found`));
  });

  test('shrink to a few records, and say how to see them again', async () => {
    const [, law] = batcherLaws(batcher({ arrange: (batch) => batch.toReversed() }), limits, { seed: 7 });
    await expect(law?.check()).rejects.toThrow(
      /smallest records found \(2\): "(.+)": 0 bytes, "\1": 0 bytes\n.*seed: 7, path: '/,
    );
  });
});

import { describe, expect, test } from 'vitest';
import { limitsOf } from '../model/limits.ts';
import { type PutRecordInput, sizeOf } from '../model/put-fits.ts';
import { checkWrapperLaws, type WrapperLawName, wrapperLaws } from './wrapper-laws.ts';
import type { MakeWrapper } from './wrapper-subject.ts';

const limits = limitsOf('aws');
const attempts = 50;

type Records = readonly PutRecordInput[];
type Decisions = {
  readonly countMax: number;
  readonly bytesMax: number;
  readonly again: (call: Records, isFailed: (index: number) => boolean, rest: Records) => Records;
  readonly attempts: number;
  readonly tell: (failed: Records) => Records;
};
const right: Decisions = {
  countMax: limits.records,
  bytesMax: limits.requestBytes,
  again: (call, isFailed) => call.filter((_, index) => isFailed(index)),
  attempts,
  tell: (failed) => failed,
};

const wrapper =
  (wrong: Partial<Decisions>): MakeWrapper =>
  ({ send, sleep }) =>
  async (records) => {
    const how = { ...right, ...wrong };
    let left = [...records];
    let tries = 0;
    while (left.length > 0) {
      let bytes = 0;
      const fitting = left.findIndex((record) => {
        bytes += sizeOf(record);
        return bytes > how.bytesMax;
      });
      const size = Math.min(how.countMax, fitting < 0 ? left.length : Math.max(1, fitting));
      const call = left.slice(0, size);
      const answers = await send(call);
      const failed = how.again(call, (index) => answers[index]?.error !== undefined, left.slice(size));
      left = [...failed, ...left.slice(size)];
      tries = failed.length > 0 ? tries + 1 : 0;
      if (tries >= how.attempts) return how.tell(left);
      await sleep(100);
    }
    return [];
  };

/** The failed and all that follow of their key, so that nothing newer passes. */
const following: Decisions['again'] = (call, isFailed) => {
  const broken = new Set<string>();
  return call.filter(({ key }, index) => {
    if (isFailed(index)) broken.add(key);
    return broken.has(key);
  });
};

const wrongs: Readonly<Record<string, readonly [WrapperLawName, Partial<Decisions>, boolean?]>> = {
  'sends 501 records': ['no call is over a limit', { countMax: limits.records + 1 }],
  'sends one byte too much': ['no call is over a limit', { bytesMax: limits.requestBytes + 1 }],
  'ignores failed entries': ['what is not told as failed is stored', { again: () => [] }],
  'gives up in silence': ['what is not told as failed is stored', { attempts: 1, tell: () => [] }],
  'tells the whole list as failed': [
    'what was stored is not told as failed',
    { again: (call, isFailed) => (call.some((_, index) => isFailed(index)) ? call : []), attempts: 1 },
  ],
  'sends the whole call again': [
    'only what failed is sent again',
    { again: (call, isFailed) => (call.some((_, index) => isFailed(index)) ? call : []) },
  ],
  'takes the failed for the stored': [
    'only what failed is sent again',
    { again: (call, isFailed) => call.filter((_, index) => !isFailed(index)) },
  ],
  'never gives up': ['it comes to an end when all fails', { attempts: Number.POSITIVE_INFINITY }],
  'keeps order only within what failed': ['a key keeps its order', {}, true],
};

describe('the laws of PutRecords wrappers', () => {
  test('hold for one that is right', () => checkWrapperLaws(wrapper({}), limits));
  test('hold for one that keeps the order of keys', () =>
    checkWrapperLaws(wrapper({ again: following }), limits, { keepsOrder: true }));

  test.each(Object.entries(wrongs))('catch one that %s', async (_, [name, wrong, keepsOrder = false]) => {
    const law = wrapperLaws(wrapper(wrong), limits, { keepsOrder }).find((one) => one.name === name);
    await expect(law?.check()).rejects.toThrow(new RegExp(`${name}|more than \\d+ calls`));
  });
});

import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { tearDown, tearDownBudgetMs, withLeftover } from './tear-down.ts';

const emulator = { slowness: 1, client: { endpoint: 'http://localhost', region: 'r', requestTimeoutMs: 1 } };
const aws = { slowness: 20, client: { region: 'r', requestTimeoutMs: 1 } };
const options = { name: 'stream', clock: systemClock() };

test('an emulator is given seconds, AWS minutes', () => {
  expect(tearDownBudgetMs(emulator)).toBe(8000);
  expect(tearDownBudgetMs(aws)).toBe(300_000);
});

test('the provisioner is given the same time, and what is gone leaves nothing to tell', async () => {
  const given: number[] = [];
  const remove = async (_: string, deadlineMs: number): Promise<void> =>
    void (await Promise.resolve(given.push(deadlineMs)));
  expect(await tearDown({ ...options, target: aws, provisioner: { remove } })).toBeUndefined();
  expect(given).toEqual([300_000]);
});

test('what does not go in time, or fails, is told and does not hold the run', async () => {
  const never = { remove: () => new Promise<void>(() => undefined) };
  const hasty = { ...emulator, slowness: 0.001 };
  expect(await tearDown({ ...options, target: hasty, provisioner: never })).toContain('it was not gone 8 ms after');
  const refused = { remove: () => Promise.reject(new Error('AccessDeniedException')) };
  expect(await tearDown({ ...options, target: emulator, provisioner: refused })).toBe('AccessDeniedException');
});

test('a failure that leaves something says so', () => {
  expect(withLeftover(new Error('CREATE_FAILED'), 'stream', 'it was not gone')).toMatchObject({
    code: 'target',
    message: 'CREATE_FAILED; stream may be left: it was not gone',
    hint: 'kinesis-order clean finds and removes it',
  });
});

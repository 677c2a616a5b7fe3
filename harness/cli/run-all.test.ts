import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Outcome } from '../session/run-and-judge.ts';
import { type Job, runAll } from './run-all.ts';

const outcome = (scenario: string, failed = false): Outcome => ({
  history: undefined,
  run: { scenario, ...(failed ? { error: 'no' } : {}) },
});
const { signal } = new AbortController();
const namesOf = (outcomes: readonly (Outcome | undefined)[]): readonly (string | undefined)[] =>
  outcomes.map((one) => one?.run.scenario);

test.prop([
  fc.array(fc.record({ turns: fc.nat(5), stream: fc.constantFrom('a', 'b', undefined) })),
  fc.integer({ min: 1, max: 4 }),
])('all are run, told in their order, at most so many at once, and never two on one stream', async (plans, workers) => {
  let under = 0;
  let most = 0;
  const told: string[] = [];
  const busy = new Set<string>();
  const jobs = plans.map(({ turns, stream }, index): Job => {
    const start = async (): Promise<Outcome> => {
      under += 1;
      most = Math.max(most, under);
      if (stream !== undefined) expect(busy.has(stream)).toBe(false);
      if (stream !== undefined) busy.add(stream);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      if (stream !== undefined) busy.delete(stream);
      under -= 1;
      return outcome(String(index));
    };
    return { start, alone: stream };
  });
  const outcomes = await runAll(jobs, {
    workers,
    signal,
    maxFailures: Number.POSITIVE_INFINITY,
    isFailure: () => false,
    onOutcome: ({ run }) => told.push(run.scenario),
  });
  expect(namesOf(outcomes)).toEqual(plans.map((_, index) => String(index)));
  expect(told).toEqual(namesOf(outcomes));
  expect(most).toBeLessThanOrEqual(workers);
});

const job = (name: string, failed = false, after: () => void = () => undefined): Job => ({
  start: () => {
    after();
    return Promise.resolve(outcome(name, failed));
  },
  alone: undefined,
});
const options = {
  workers: 1,
  signal,
  isFailure: ({ run }: Outcome) => run.error !== undefined,
  onOutcome: () => undefined,
};

test('after so many failures none is begun', async () => {
  const jobs = [job('a', true), job('b'), job('c', true), job('d')];
  expect(namesOf(await runAll(jobs, { ...options, maxFailures: 2 }))).toEqual(['a', 'b', 'c', undefined]);
});

test('after an interruption none is begun', async () => {
  const stop = new AbortController();
  const jobs = [job('a'), job('b', false, () => stop.abort()), job('c')];
  const outcomes = await runAll(jobs, { ...options, signal: stop.signal, maxFailures: 9 });
  expect(namesOf(outcomes)).toEqual(['a', 'b', undefined]);
});

test('a front door that throws is heard', async () => {
  const broken: Job = { start: () => Promise.reject(new Error('broken')), alone: undefined };
  await expect(runAll([job('a'), broken, job('b')], { ...options, maxFailures: 9 })).rejects.toThrow('broken');
});

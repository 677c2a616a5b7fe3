import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import type { Outgoing } from '../workload/workload.ts';
import { handOver } from './hand-over.ts';

const records = 5;
const toolsOf = () => {
  const handed: number[] = [];
  let n = 0;
  const next = (): Outgoing | undefined =>
    n === records ? undefined : ({ key: 'a', n: n++, data: new Uint8Array(40_000) } as unknown as Outgoing);
  const signal = new AbortController().signal;
  return { handed, tools: { next, clock: systemClock(), signal, handed: (one: { n: number }) => handed.push(one.n) } };
};
const epipe = (): Error => Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

test('a pipe that breaks while the next record waits for room ends nothing; the rest counts as handed over', async () => {
  const { handed, tools } = toolsOf();
  let writes = 0;
  const stdin = new Writable({
    highWaterMark: 10,
    write: (_chunk, _encoding, done) => {
      writes += 1;
      setImmediate(() => done(writes < 2 ? undefined : epipe()));
    },
  });
  const handing = handOver(tools, {});
  await handing.write(stdin, new Promise(() => undefined));
  expect(handed).toEqual([0, 1, 2, 3, 4]);
  expect(handing.answers.handed).toBe(2);
  expect(handing.sentence()).toContain('was handed 2 records');
});

test('a program that has gone is not waited for, not even where it owes answers', async () => {
  const { handed, tools } = toolsOf();
  const stdin = new Writable({ write: () => undefined });
  const gone = once(new Writable().destroy(), 'close');
  const handing = handOver(tools, { inFlight: 1, rate: 0.1 });
  await handing.write(stdin, gone);
  expect(handed).toEqual([0, 1, 2, 3, 4]);
});

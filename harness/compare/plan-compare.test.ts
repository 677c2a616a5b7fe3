import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { builtInArms, packingMs } from './arms.ts';
import { type CompareRequest, planCompare, sweptIn } from './plan-compare.ts';
import { mostOfSweep } from './sweep-size.ts';

const plan = (said: CompareRequest) =>
  planCompare({ out: tmpdir(), target: 'kinesalite', arms: builtInArms.slice(0, 2), seed: '1', ...said }, () =>
    Promise.resolve(true),
  );

test('a comparison without a sweep creates a stream for each way and round, and no more', async () => {
  expect(sweptIn(await plan({}))).toEqual([]);
});

test('the sweep of rates is announced for each way, with the most that it may write', async () => {
  const planned = await plan({ sweep: 'rates', seconds: 2 });
  const most = mostOfSweep({ offered: planned.offered, rateMax: 5000 });
  const swept = sweptIn(planned);
  expect(swept.map(({ name }) => name)).toEqual([
    'put-record, the sweep of rates up to 5000/s',
    'put-record-snfo, the sweep of rates up to 5000/s',
  ]);
  for (const { streams, records = 0 } of swept) {
    expect(streams).toBe(most.steps);
    expect(records).toBeGreaterThanOrEqual(most.rates * 3);
  }
});

test('each step of the packing curve is announced once, whatever the rounds', async () => {
  expect(sweptIn(await plan({ sweep: 'packing', rounds: 3 })).map(({ streams }) => streams)).toEqual(
    packingMs.map(() => 1),
  );
});

test('a sweep that may not offer what the rounds do is refused', async () => {
  await expect(plan({ sweep: 'rates', rateMax: 10 })).rejects.toMatchObject({
    code: 'usage',
    message: '--rate-max 10: it is below the rate of the rounds, 150/s',
  });
  await expect(plan({ sweep: 'packing', rateMax: 10 })).resolves.toBeDefined();
});

test('a sweep of rates of which nothing can be said is refused, with what to say instead', async () => {
  await expect(plan({ sweep: 'rates', rate: 3, rateMax: 5 })).rejects.toMatchObject({
    code: 'usage',
    message: '--rate-max 5: a sweep measures 20 records or more of each rate, and 3.5 s (--seconds) of 5/s have fewer',
    hint: 'say --rate-max 6, or --seconds 4',
  });
  await expect(plan({ sweep: 'rates', rate: 3, rateMax: 6 })).resolves.toBeDefined();
  await expect(plan({ sweep: 'rates', rate: 3, rateMax: 5, seconds: 4 })).resolves.toBeDefined();
});

import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckOptions, checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import { aggregatesHistory } from '../generators/aggregates-history.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { withLateReaders } from '../generators/late-readers.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { wideHistory } from '../generators/wide-history.ts';
import { mutated } from '../suites/kill.ts';
import { bytesOf } from './follow-bytes.ts';
import { sampled } from './sampled.ts';

const asked: readonly CheckOptions[] = [
  {},
  { question: 'pipeline' },
  { only: ['duplicate', 'lost-write', 'key-reorder'] },
  { strict: true, expect: { find: ['duplicate'], allow: ['lost-write'] } },
];

/** check(h) = check(h, { spill: 'all' }): what is proved while reading is what is found when every line is kept. */
const expectLaw = async (path: string, options: CheckOptions = {}): Promise<void> => {
  const said = await checkHistory(path, options).catch(messageOf);
  expect(said, path).toEqual(await checkHistory(path, { ...options, spill: 'all' }).catch(messageOf));
};

const folder = join(import.meta.dirname, '..');
const files = ['cases', 'pins/golden'].flatMap((inner) =>
  (readdirSync(join(folder, inner), { recursive: true }) as string[])
    .filter((name) => /\.ndjson(\.gz)?$/.test(name))
    .map((name) => join(folder, inner, name)),
);

let own = '';
beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'kinesis-order-spill-'));
});
afterAll(() => rm(own, { recursive: true, force: true }));

const expectOf = async (lines: readonly unknown[], options?: CheckOptions): Promise<void> => {
  const path = join(own, 'history.ndjson');
  await writeFile(path, bytesOf(lines));
  await expectLaw(path, options);
};

describe('spilling everything gives the same verdict as spilling only what must be spilled', () => {
  it('for every third case and archived history, with any question (test:deep: all)', {
    timeout: 300_000,
  }, async () => {
    for (const [index, file] of sampled(files, 3).entries()) {
      await expectLaw(file);
      await expectLaw(file, asked[1 + (index % 3)]);
    }
    expect(files.length).toBeGreaterThan(1400);
  });

  it.each(allMutations.map((mutation) => [mutation.name, mutation] as const))(
    'with a mistake: %s',
    async (_, mutation) => {
      const lines = mutated(mutation, 'spill');
      if (lines !== undefined) for (const options of asked) await expectOf(lines, options);
    },
  );

  it('of any seed', async () => {
    for (let seed = 0; seed < 25; seed += 1) {
      const options = asked[seed % asked.length];
      const trouble = {
        troubles: seed % 2 === 0,
        reshards: seed % 3 === 0,
        ...(seed % 5 < 2 ? { odd: 1 + (seed % 4) } : {}),
      };
      await expectOf(ordinaryHistory(`spill-${seed}`, 20 + seed * 3, trouble), options);
      await expectOf(wideHistory(`spill-${seed}`, { shards: 2 + (seed % 8), calls: 30, oddEvery: seed % 7 }), options);
      const aggregated = { producers: 1 + (seed % 3), shards: 1 + (seed % 4), live: seed % 3, refused: seed % 11 };
      const lines = aggregatesHistory(`spill-${seed}`, 60, { ...aggregated, odd: seed % 4, isSplit: seed % 2 === 1 });
      await expectOf(lines, options);
      await expectOf(cleanHistory(`spill-${seed}`, 60), options);
      const late = { readers: 1 + (seed % 3), odd: seed % 3 === 0 ? 20 : 0, again: seed % 2 === 0 ? 3 : 0 };
      await expectOf(withLateReaders(ordinaryHistory(`spill-${seed}`, 60, trouble), `spill-${seed}`, late), options);
    }
  });
});

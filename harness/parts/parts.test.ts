import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { ordinaryHistory } from '../testing/generators/ordinary-history.ts';
import { bytesOf } from '../testing/oracles/follow-bytes.ts';
import { bothSides } from '../testing/oracles/in-parts.ts';
import { mergeFolder } from './merge.ts';
import { stemOf } from './part-reader.ts';
import { splitHistory } from './split.ts';
import { summaryOf } from './summary.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A history in parts, each with its summary. */
const inParts = async (name: string, bytes: Uint8Array, parts: number) => {
  const path = join(folder, `${name}.ndjson`);
  const own = join(folder, name);
  await writeFile(path, bytes);
  const split = await splitHistory(path, { parts, folder: own });
  for (const part of split.parts)
    await writeFile(`${stemOf(part.path)}.summary.json`, JSON.stringify(summaryOf(part.path)));
  return { path, own, split };
};

describe('a history that is judged in parts', () => {
  it.each(['plain-1', 'plain-2', 'plain-3', 'plain-4', 'plain-5', 'plain-6'])(
    'has the verdict of the whole: %s',
    async (seed) => {
      for (const trouble of [{ troubles: false }, { troubles: true, odd: 2 }]) {
        const { whole, merged } = await bothSides(bytesOf(ordinaryHistory(seed, 60, trouble)), 3);
        expect(merged).toEqual(whole);
      }
    },
  );

  it('is judged from the summaries alone where all parts are plain', async () => {
    const { path, own, split } = await inParts('alone', bytesOf(ordinaryHistory('plain-2')), 2);
    expect(split.components).toBeGreaterThan(1);
    for (const part of split.parts) await unlink(part.path);
    const { histories, unjudged } = await mergeFolder(own, {});
    expect({ histories, unjudged }).toEqual({ histories: [await checkHistory(path)], unjudged: [] });
  });

  it('is unknown where a part is missing', async () => {
    const { own, path } = await inParts('missing', bytesOf(ordinaryHistory('plain-2')), 3);
    await unlink(join(own, 'part-2-of-3.summary.json'));
    const { histories, unjudged } = await mergeFolder(own, {});
    expect(histories).toEqual([]);
    expect(unjudged).toEqual([{ path, error: 'of 3 parts 1 are missing: add part-2-of-3.summary.json' }]);
  });

  it('and where the lines of one that is not plain are missing', async () => {
    const { own, split } = await inParts('lines', bytesOf(ordinaryHistory('o-1', 60, { troubles: true, odd: 9 })), 2);
    await unlink(split.parts[0]?.path ?? '');
    const { histories, unjudged } = await mergeFolder(own, {});
    expect(histories).toEqual([]);
    expect(unjudged[0]?.error).toMatch(/is not plain .*: add part-1-of-2.ndjson$/);
  });

  it('is refused for parts that nobody can write', async () => {
    await expect(splitHistory(join(folder, 'alone.ndjson'), { parts: 0, folder })).rejects.toThrow(
      '--parts: expected a whole number from 1 to 256, got 0',
    );
  });
});

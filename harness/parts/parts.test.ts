import { copyFile, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { ordinaryHistory } from '../testing/generators/ordinary-history.ts';
import { wideHistory } from '../testing/generators/wide-history.ts';
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
    'gets the same verdict as without parts: %s',
    async (seed) => {
      for (const trouble of [{ troubles: false }, { troubles: true, odd: 2 }]) {
        const { whole, inParts: parts } = await bothSides(bytesOf(ordinaryHistory(seed, 60, trouble)), [2, 3]);
        for (const { said } of parts) expect(said).toEqual(whole);
      }
      for (const oddEvery of [0, 20]) {
        const bytes = bytesOf(wideHistory(seed, { shards: 8, calls: 40, oddEvery }));
        const { whole, inParts: parts } = await bothSides(bytes, [1, 8]);
        for (const { said } of parts) expect(said).toEqual(whole);
      }
    },
  );

  it('is judged from the summaries alone if all parts are plain', async () => {
    const { path, own, split } = await inParts('alone', bytesOf(ordinaryHistory('plain-2')), 2);
    expect(split.components).toBeGreaterThan(1);
    for (const part of split.parts) await unlink(part.path);
    const { histories, unjudged } = await mergeFolder(own, {});
    expect({ histories, unjudged }).toEqual({ histories: [await checkHistory(path)], unjudged: [] });
  });

  it('has no verdict if a part is missing', async () => {
    const { own, path } = await inParts('missing', bytesOf(ordinaryHistory('plain-2')), 3);
    await unlink(join(own, 'part-2-of-3.summary.json'));
    const { histories, unjudged } = await mergeFolder(own, {});
    expect(histories).toEqual([]);
    expect(unjudged).toEqual([{ path, error: '1 part of 3 missing: add part-2-of-3.summary.json' }]);
  });

  it('has no verdict if the lines of a part that is not plain are missing', async () => {
    const { own, split } = await inParts(
      'lines',
      bytesOf(ordinaryHistory('odd-3', 60, { troubles: false, odd: 9 })),
      2,
    );
    for (const part of split.parts) await unlink(part.path);
    const { histories, unjudged } = await mergeFolder(own, {});
    expect(histories).toEqual([]);
    expect(unjudged[0]?.error).toMatch(/^the lines of part \d are needed \(.+\): add part-\d-of-2.ndjson$/);
  });

  it('has no verdict if a part is there twice', async () => {
    const { own } = await inParts('twice', bytesOf(ordinaryHistory('plain-2')), 2);
    await copyFile(join(own, 'part-1-of-2.summary.json'), join(own, 'again.summary.json'));
    const { unjudged } = await mergeFolder(own, {});
    expect(unjudged[0]?.error).toBe('two summaries are of the same part: remove one of them');
  });

  it('is judged without lines if its summaries contain what was set aside', async () => {
    const { path, own, split } = await inParts(
      'aside',
      bytesOf(ordinaryHistory('odd-4', 60, { troubles: false, odd: 9 })),
      2,
    );
    const whole = await checkHistory(path);
    expect(whole.verdict).toBe('violated');
    for (const part of split.parts) await unlink(part.path);
    expect(await mergeFolder(own, {})).toEqual({ histories: [whole], unjudged: [] });
  });

  it('cannot be split into 0 parts', async () => {
    await expect(splitHistory(join(folder, 'alone.ndjson'), { parts: 0, folder })).rejects.toThrow(
      '--parts: expected a whole number from 1 to 256, got 0',
    );
  });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineFeeder } from '../../history/line-feeder.ts';
import { type CheckOptions, checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { wideHistory } from '../generators/wide-history.ts';
import { bytesOf } from './follow-bytes.ts';
import { expectSame } from './through-slots.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-threads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const judged = (path: string, options: CheckOptions) => checkHistory(path, options).catch(messageOf);

const expectLaw = async (path: string, name = path): Promise<void> =>
  expect(await judged(path, { workers: 2 }), name).toEqual(await judged(path, { workers: 1 }));

const expectLawOf = async (bytes: Uint8Array, name = 'h.ndjson'): Promise<void> => {
  await writeFile(join(folder, name), bytes);
  await expectLaw(join(folder, name));
};

/** So many threads at a time: each takes a moment to begin. */
const atOnce = 2;
const all = async <T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> => {
  const left = [...things];
  const next = async (): Promise<void> => {
    for (let thing = left.pop(); thing !== undefined; thing = left.pop()) await work(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
};

const caseFiles = async (): Promise<readonly string[]> => {
  const cases = join(import.meta.dirname, '../cases');
  const names = await readdir(cases, { recursive: true });
  return names.filter((name) => name.endsWith('.ndjson')).map((name) => join(cases, name));
};

/** What is not is refused in both ways, with a line. */
const isSound = (bytes: Uint8Array): boolean => {
  try {
    new LineFeeder(
      () => undefined,
      () => undefined,
    ).feed(bytes);
    return true;
  } catch {
    return false;
  }
};

describe('check with two threads gives the same result as with one', { timeout: 600_000 }, () => {
  it('for every case: the judge gets the same lines', async () => {
    const files = await caseFiles();
    expect(files.length).toBeGreaterThan(1000);
    for (const file of files) {
      const bytes = await readFile(file);
      if (isSound(bytes)) expectSame(bytes, 4096);
    }
  });

  it('for every hundredth case, in real threads', async () => {
    await all(
      (await caseFiles()).filter((_, index) => index % 100 === 0),
      (file) => expectLaw(file),
    );
  });

  it('for long, truncated, compressed and invalid histories', async () => {
    const wide = bytesOf(wideHistory('3', { shards: 8, calls: 8000, oddEvery: 40 }));
    expect(wide.length).toBeGreaterThan(4 * 1024 * 1024);
    const plain = bytesOf(ordinaryHistory('7', 3000, { troubles: true, reshards: true }));
    const long = Buffer.from(`${plain.toString().split('\n')[0]}\n{"t":1,"type":"note","text":"${'x'.repeat(3e6)}"}\n`);
    const given = {
      'wide.ndjson': wide,
      'plain.ndjson': plain,
      'cut.ndjson': wide.subarray(0, wide.length - 100),
      'packed.ndjson.gz': gzipSync(plain),
      'cut.ndjson.gz': gzipSync(plain).subarray(0, 3000),
      'broken.ndjson': Buffer.concat([plain, Buffer.from('{"type":"put"}\n'), plain]),
      'marked.ndjson': Buffer.concat([Buffer.from('\ufeff'), plain]),
      'empty.ndjson': Buffer.alloc(0),
      'long.ndjson': long,
    };
    await all(Object.entries(given), ([name, bytes]) => expectLawOf(bytes, name));
    await expectLaw(join(folder, 'absent.ndjson'));
    await expect(checkHistory(join(folder, 'absent.ndjson'), { workers: 2 })).rejects.toMatchObject({
      code: 'usage',
      cause: { code: 'ENOENT' },
    });
  });

  it('and stops when aborted', async () => {
    const path = join(folder, 'wide.ndjson');
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const judging = checkHistory(path, { workers: 2, signal: stop.signal, onProgress });
    await expect(judging).rejects.toThrow(`stopped while reading ${path}`);
    expect((await readFile(path)).length).toBeGreaterThan(0);
  });
});

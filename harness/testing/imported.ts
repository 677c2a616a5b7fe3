import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Imported, importHistory } from '../importers/import-history.ts';
import { parseMappings } from '../importers/mapping.ts';
import { parseZones } from '../importers/read-zone.ts';
import type { ImportFile } from '../importers/reading.ts';
import { checkHistory } from '../judging/check-history.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { headIdentity, identifierOf } from '../tap/identity/identify.ts';
import { parseIdentity } from '../tap/identity/parse.ts';

/** As the flags of `import` say it. */
export type Asked = {
  readonly map?: readonly string[];
  readonly id?: string;
  readonly prefix?: RegExp;
  readonly skewMs?: number;
  readonly brokenMax?: number;
  readonly shards?: string;
  readonly out?: string;
  readonly zone?: readonly string[];
};

export type Judged = Imported & {
  readonly verdict: HistoryVerdict;
  readonly lines: readonly Record<string, unknown>[];
};

/** A folder of the test's own, files in it, and what `import` and `check` make of them. */
export const importing = () => {
  let folder = '';
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinesis-order-import-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const file = async (text: string | Uint8Array, name = `f${++count}.log`): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  const imported = async (files: readonly ImportFile[], asked: Asked = {}): Promise<Judged> => {
    const out = asked.out ?? join(folder, `h${++count}.ndjson`);
    const spec = parseIdentity(asked.id ?? 'none');
    const result = await importHistory({
      files,
      mappings: parseMappings(asked.map ?? []),
      identify: await identifierOf(spec),
      identity: spec.from === 'none' ? { from: 'json' } : headIdentity(spec),
      prefix: asked.prefix,
      out,
      run: 'import-test',
      version: 'test',
      question: 'pipeline',
      reader: 'consumer',
      clockSkewMs: asked.skewMs,
      shards: asked.shards,
      zones: parseZones(asked.zone ?? []),
      stream: undefined,
      brokenMax: asked.brokenMax ?? 1000,
      readStream: () => Promise.reject(new Error('no stream here')),
    });
    const text = await readFile(out, 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return { ...result, verdict: await checkHistory(out), lines };
  };
  return { file, imported };
};

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../index.ts';
import { smallestCases } from '../testing/cases/smallest-cases.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The words of docs/tests.md, as a function: what it shows is what is run here. */
const body = `const { verdict, findings, order } = await checkHistory(path);
  const forbidden = findings.filter((finding) => finding.expect === 'forbid' && finding.explainedBy === null);
  expect(forbidden.map(({ sentence }) => sentence)).toEqual([]);
  expect([verdict, order.kept]).toEqual(['holds', true]);`;

const example = async (path: string): Promise<void> => {
  const { verdict, findings, order } = await checkHistory(path);
  const forbidden = findings.filter((finding) => finding.expect === 'forbid' && finding.explainedBy === null);
  expect(forbidden.map(({ sentence }) => sentence)).toEqual([]);
  expect([verdict, order.kept]).toEqual(['holds', true]);
};

describe('the example of checkHistory in a test', () => {
  const { good, bad } = smallestCases['key-reorder'];
  let folder = '';
  const fileOf = async (name: string, { lines }: { readonly lines: readonly object[] }): Promise<string> => {
    await writeFile(join(folder, name), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return join(folder, name);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'example-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('stands in the docs as it is run here', async () => {
    expect(await readFile(here('../../docs/tests.md'), 'utf8')).toContain(body);
    expect(await readFile(here('./check-example.test.ts'), 'utf8')).toContain(body);
  });

  it('passes where order was kept, and fails with the sentence where it was not', async () => {
    await example(await fileOf('good.ndjson', good().end()));
    const thrown: unknown = await example(await fileOf('bad.ndjson', bad().end())).catch((error: unknown) => error);
    // What the runner shows as the difference.
    expect(thrown).toMatchObject({ actual: [expect.stringContaining('so readers meet')] });
  });
});

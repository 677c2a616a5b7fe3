import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkHistory } from './index.ts';

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
  const golden = (name: string): string => join(here('./testing/golden'), name);

  it('stands in the docs as it is run here', async () => {
    expect(await readFile(here('../docs/tests.md'), 'utf8')).toContain(body);
    expect(await readFile(here('./check-example.test.ts'), 'utf8')).toContain(body);
  });

  it('passes where order was kept, and fails with the sentence where it was not', async () => {
    await example(golden('key-reorder.good.ndjson'));
    const thrown: unknown = await example(golden('key-reorder.bad.ndjson')).catch((error: unknown) => error);
    // What the runner shows as the difference.
    expect(thrown).toMatchObject({ actual: [expect.stringContaining('so readers meet')] });
  });
});

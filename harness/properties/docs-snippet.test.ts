import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

/**
 * What docs/batching.md shows is run as it stands, by node:test: a batcher that is broken, and what is printed of it.
 */
const docs = readFile('docs/batching.md', 'utf8');
const blockOf = (text: string, marker: RegExp): string => {
  const [, block] = marker.exec(text) ?? [];
  if (block === undefined) throw new Error(`docs/batching.md holds no block ${marker}`);
  return block;
};

type Ran = { readonly code: number | null; readonly printed: string };

const run = async (snippet: string): Promise<Ran> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-snippet-'));
  try {
    const file = join(folder, 'mine.test.mjs');
    const source = pathToFileURL('harness/properties/index.ts').href;
    await writeFile(file, snippet.replace("'kinesis-order/properties'", JSON.stringify(source)));
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const child = spawn(process.execPath, ['--import', loader, '--test', '--test-reporter=tap', file], { env });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, printed: Buffer.concat(chunks).toString('utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
};

test('the broken batcher of the docs is caught, and what is printed is what the docs show', async () => {
  const text = await docs;
  const snippet = blockOf(text, /<!-- snippet: mine\.test\.mjs -->\n\n```js\n([\s\S]*?)```/);
  const output = blockOf(text, /<!-- snippet-output -->\n\n```text\n([\s\S]*?)```/);
  const { code, printed } = await run(snippet);
  expect(code).toBe(1);
  expect(printed).toMatch(/# pass 4\n# fail 1\n/);
  for (const line of output.trim().split('\n')) expect(printed).toContain(line.trim());
  const mended = snippet.replace('a.key > b.key ? 1 : -1', 'a.key.localeCompare(b.key)');
  expect(mended).not.toBe(snippet);
  expect(await run(mended)).toMatchObject({ code: 0 });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultOf, loadModule } from './load-module.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-load-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe('TypeScript modules', () => {
  test('that import the same module share one instance of it: a folder of scenarios loads the package once', async () => {
    await write('shared.ts', 'export const loaded: { at: bigint } = { at: process.hrtime.bigint() };');
    const text = "import { loaded } from './shared.ts';\nexport default loaded as { readonly at: bigint };";
    const [one, other] = [await write('one.ts', text), await write('other.ts', text)];
    const [first, second] = [await loadModule(one), await loadModule(other)];
    expect(defaultOf(first)).toBe(defaultOf(second));
  });

  test('may be CommonJS, and require one another', async () => {
    await write('part.cts', 'exports.part = 7 as number;');
    const path = await write(
      'whole.cts',
      "const { part } = require('./part.cts');\nexports.twice = part * (2 as number);",
    );
    const { twice, default: own } = (await loadModule(path)) as { twice?: number; default?: { twice: number } };
    expect(twice ?? own?.twice).toBe(14);
  });

  test('that are not TypeScript after all are rejected with the line', async () => {
    await expect(loadModule(await write('broken.ts', 'export default = 5;'))).rejects.toThrow('broken.ts');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from './settings.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const projectOf = async (type: string | undefined, name: string, text: string): Promise<string> => {
  const folder = await mkdtemp(join(root, 'project-'));
  await writeFile(join(folder, 'package.json'), JSON.stringify(type === undefined ? {} : { type }));
  await writeFile(join(folder, name), text);
  return folder;
};

describe.each([undefined, 'commonjs', 'module'])('in a project whose type is %s', (type) => {
  const asModule = 'export default { seed: "7" };\n';
  test.each([
    ['kinesis-order.config.ts', 'const seed: string = "7";\nexport default { seed };\n'],
    ['kinesis-order.config.mts', asModule],
    ['kinesis-order.config.mjs', asModule],
    ['kinesis-order.config.js', asModule],
    ['kinesis-order.config.json', '{ "seed": "7" }'],
  ])('%s is read', async (name, text) => {
    expect(await loadConfig(await projectOf(type, name, text), undefined)).toEqual({ seed: '7' });
  });
});

test('module.exports in a CommonJS project is read', async () => {
  const folder = await projectOf(undefined, 'kinesis-order.config.js', 'module.exports = { seed: "7" };\n');
  expect(await loadConfig(folder, undefined)).toEqual({ seed: '7' });
});

test('a field that does not exist is named, with the file', async () => {
  const folder = await projectOf('module', 'kinesis-order.config.mjs', 'export default { sed: "7" };\n');
  await expect(loadConfig(folder, undefined)).rejects.toThrow(/kinesis-order\.config\.mjs: .*sed/);
});

test('a file that breaks while it is loaded is named', async () => {
  const folder = await projectOf('module', 'kinesis-order.config.json', '{ "seed": }');
  await expect(loadConfig(folder, undefined)).rejects.toThrow(
    /kinesis-order\.config\.json, line 1, column \d+: it is not valid JSON/,
  );
});

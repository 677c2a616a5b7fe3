import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPython } from './find-python.ts';
import { isInstalled } from './install.ts';
import { lockOf, type PythonTool, pinned } from './install-lock.ts';
import { installNpm } from './install-npm.ts';
import { startPythonEngine } from './python-engine.ts';

const tools = Object.keys(pinned) as PythonTool[];

test('a Python that is not there is an error that says which to install', async () => {
  const nowhere = { path: '/nowhere', pyenv: '/nowhere/versions' };
  await expect(findPython('localstack-core', ['3.13'], nowhere)).rejects.toMatchObject({
    code: 'target',
    message: expect.stringContaining('needs Python 3.13') as string,
    hint: expect.stringContaining('pyenv install 3.13') as string,
  });
});

test.each(tools)('the lock file of %s pins every requirement and names no registry', (tool) => {
  const lock = lockOf(tool);
  expect(lock.requirements.length).toBeGreaterThan(5);
  for (const line of lock.requirements) expect(line).toMatch(/^[a-zA-Z0-9._-]+==[a-zA-Z0-9.+!-]+( ; .+)?$/);
  expect(JSON.stringify(lock)).not.toMatch(/https?:|--index/);
});

test('what is not in the cache is not installed', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'kinesis-order-cache-'));
  try {
    expect(await isInstalled('moto', cache)).toBe(false);
  } finally {
    await rm(cache, { recursive: true });
  }
});

test('a version of an npm engine is three numbers, or nothing is installed', async () => {
  await expect(installNpm('kinesis-local', '0.5', { cacheFolder: '/nowhere' })).rejects.toMatchObject({
    code: 'usage',
    message: '--engine-version: "0.5" is no version of kinesis-local',
  });
});

test('an engine of PyPI is started in the version of its lock file only', async () => {
  const engine = { tool: 'moto', args: () => [], env: () => ({}) } as const;
  const options = { region: 'us-east-1', cacheFolder: '/nowhere', engineVersion: '4.0.0' };
  await expect(startPythonEngine(engine, options)).rejects.toMatchObject({
    code: 'usage',
    hint: '5.2.5 can be started; attach to any other with --endpoint',
  });
});

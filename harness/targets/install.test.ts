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

test('a missing Python is an error that names the version to install', async () => {
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

test('a tool that is not in the cache counts as not installed', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'kinesis-order-cache-'));
  try {
    expect(await isInstalled('moto', cache)).toBe(false);
  } finally {
    await rm(cache, { recursive: true });
  }
});

test('an engine version that is not three numbers is refused, and nothing is installed', async () => {
  await expect(installNpm('kinesis-local', '0.5', { cacheFolder: '/nowhere' })).rejects.toMatchObject({
    code: 'usage',
    message: '--engine-version: "0.5" is not a version of kinesis-local',
  });
});

test('an engine from PyPI can be started only in the version of its lock file', async () => {
  const engine = { tool: 'moto', args: () => [], env: () => ({}) } as const;
  const options = { region: 'us-east-1', cacheFolder: '/nowhere', engineVersion: '4.0.0' };
  await expect(startPythonEngine(engine, options)).rejects.toMatchObject({
    code: 'usage',
    hint: '5.2.5 can be started; attach to any other with --endpoint',
  });
});

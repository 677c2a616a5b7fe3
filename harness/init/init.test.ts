import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadScenarios } from '../scenario/load.ts';
import { vocabulary } from '../session/catalog.ts';
import { commandWords } from './command-words.ts';
import { init } from './init.ts';
import { projectAt } from './project.ts';

let root = '';
beforeAll(async () => {
  // Below this project, so that what it writes finds the package.
  await mkdir('.cache', { recursive: true });
  root = await mkdtemp(join(process.cwd(), '.cache', 'init-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const folderWith = async (files: Readonly<Record<string, string>> = {}): Promise<string> => {
  const folder = await mkdtemp(join(root, 'p-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
};
const top = { '.git/HEAD': '' };

describe('init', () => {
  test('writes what loads, and keeps what is there', async () => {
    const folder = await folderWith({ ...top, 'scenarios/in-order.scenario.mjs': '// mine\n' });
    const written = await init(projectAt(folder), {});
    expect(written.map(({ path, what }) => `${what} ${path}`)).toEqual([
      'written kinesis-order.config.mjs',
      'kept scenarios/in-order.scenario.mjs',
      'written scenarios/red/reordered-by-a-retry.scenario.mjs',
      'written .github/workflows/kinesis-order.yml',
      'written .gitignore',
    ]);
    expect(await readFile(join(folder, 'scenarios/in-order.scenario.mjs'), 'utf8')).toBe('// mine\n');
    expect((await init(projectAt(folder), {})).every(({ what }) => what === 'kept')).toBe(true);
  });

  test('its scenarios are valid, programs of the user included', async () => {
    const folder = await folderWith(top);
    await init(projectAt(folder), { producer: "python 'my producer.py'", consumer: 'node app.mjs --fast' });
    const patterns = [join(folder, 'scenarios')];
    const loaded = await loadScenarios({ patterns, cwd: folder, vocabulary, seed: '1' });
    expect(loaded.map(({ scenario }) => scenario.name)).toEqual(['in-order', 'my-pipeline', 'reordered-by-a-retry']);
    const mine = loaded.find(({ scenario }) => scenario.name === 'my-pipeline')?.scenario;
    expect(mine?.producers[0]).toMatchObject({ type: 'command', run: ['sh', '-c', "python 'my producer.py'"] });
    expect(mine?.consumers[0]).toMatchObject({ run: ['node', 'app.mjs', '--fast'], owes: 'TRIM_HORIZON' });
  });

  test('in a monorepo the workflow lies at the top and works in the folder', async () => {
    const repository = await folderWith({ ...top, 'packages/orders/package.json': '{}' });
    await init(projectAt(join(repository, 'packages', 'orders')), {});
    const text = await readFile(join(repository, '.github/workflows/kinesis-order-packages-orders.yml'), 'utf8');
    expect(parse(text)).toMatchObject({
      jobs: { order: { defaults: { run: { 'working-directory': 'packages/orders' } } } },
    });
  });

  test('TypeScript where the project writes it', async () => {
    const folder = await folderWith({ ...top, 'tsconfig.json': '{}' });
    expect(projectAt(folder)).toMatchObject({ ending: 'ts', hasManifest: false, below: '' });
  });

  test('--examples copies the scenarios of the lab, and they load', async () => {
    const folder = await folderWith(top);
    await init(projectAt(folder), { examples: true });
    const patterns = [join(folder, 'scenarios', 'lab')];
    const loaded = await loadScenarios({ patterns, cwd: folder, vocabulary, seed: '1' });
    expect(loaded.length).toBeGreaterThan(20);
  });
});

test.each([
  ['python producer.py', ['python', 'producer.py']],
  ['a | b', ['sh', '-c', 'a | b']],
  ['node "my app.mjs"', ['sh', '-c', 'node "my app.mjs"']],
  ['echo $HOME', ['sh', '-c', 'echo $HOME']],
])('the words of %j', (line, words) => {
  expect(commandWords(line)).toEqual(words);
});

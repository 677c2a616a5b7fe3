import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Snippet } from './pages.ts';

/** A whole module: it names what it needs. The others are pieces of one. */
export const isModule = ({ language, text }: Snippet): boolean => language === 'ts' && text.startsWith('import ');

/**
 * The modules of the pages, held by the compiler with the project's own options. A file that a page adds to the
 * sources is looked at as if it stood in its folder. Answers what is wrong with each.
 */
export const typeErrors = async (modules: readonly Snippet[]): Promise<ReadonlyMap<Snippet, string>> => {
  if (modules.length === 0) return new Map();
  const folder = resolve('.cache', 'docs-types');
  await rm(folder, { recursive: true, force: true });
  const files = new Map<string, Snippet>();
  for (const [index, snippet] of modules.entries()) {
    const name = join(dirname(snippet.file ?? 'harness/none.ts').replace(/^harness\/?/, ''), `snippet-${index}.ts`);
    files.set(name, snippet);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), snippet.text);
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout, status } = spawnSync(resolve('node_modules', '.bin', 'tsc'), ['--noEmit', '-p', folder], {
    encoding: 'utf8',
  });
  const wrong = new Map<Snippet, string>();
  for (const [name, snippet] of files) {
    const lines = stdout.split('\n').filter((line) => line.includes(name));
    if (lines.length > 0) wrong.set(snippet, lines.join('\n'));
  }
  if (status !== 0 && wrong.size === 0) throw new Error(`tsc ended with ${status}:\n${stdout.slice(0, 2000)}`);
  return wrong;
};

const config = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    incremental: false,
    tsBuildInfoFile: null,
    rootDirs: ['../../harness', '.'],
    // A page shows what a file begins with: what it imports may be used further down.
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: {
      'kinesis-order': ['../../harness/index.ts'],
      'kinesis-order/vitest': ['../../harness/vitest.ts'],
      'kinesis-order/record': ['../../harness/middleware/index.ts'],
      'kinesis-order/properties': ['../../harness/properties/index.ts'],
      'kinesis-order/consumer': ['../../harness/subjects/consumer-lines.ts'],
    },
  },
  include: ['.'],
};

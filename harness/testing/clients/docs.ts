import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Snippet, snippets } from '../docs/pages.ts';
import { runShell } from '../docs/run-shell.ts';
import { removeFolder } from './run-row.ts';

export type RanBlock = { readonly block: Snippet; readonly code: number; readonly output: string };

const pages = [
  'docs/is-my-producer-in-order.md',
  'docs/is-my-consumer-in-order.md',
  'docs/is-my-lambda-in-order.md',
  'docs/record.md',
] as const;
const examples = ['python', 'javascript', 'lines', 'lambda'] as const;
const folders = ['go', 'maven'] as const;

export type Block = Snippet & { readonly isFirst: boolean };

/** The blocks of shell commands of these pages, in this order. `isFirst`: the first block of its page. */
export const blocks = async (): Promise<readonly Block[]> => {
  const all = await snippets();
  return pages.flatMap((page) =>
    all
      .filter((one) => one.page === page && one.language === 'sh' && one.notRun === undefined)
      .map((one, index) => ({ ...one, isFirst: index === 0 })),
  );
};

/**
 * A folder like that of a reader of the page: the examples side by side, and `npx kinesis-order`, `python` and
 * `pytest` on the path.
 */
export const docsFolder = async (python: string): Promise<string> => {
  const folder = resolve('.cache', 'clients', 'docs');
  await removeFolder(folder);
  await mkdir(join(folder, 'bin'), { recursive: true });
  for (const name of examples)
    for (const file of await readdir(join('examples', name), { withFileTypes: true }))
      if (file.isFile()) await cp(join('examples', name, file.name), join(folder, file.name));
  for (const name of folders) await symlink(resolve('examples', name), join(folder, name));
  await cp(join('adapters', 'kinesis_order.py'), join(folder, 'kinesis_order.py'));
  const npx = join(folder, 'bin', 'npx');
  const main = resolve('harness', 'main.ts');
  const tool = resolve('node_modules', '.bin', 'tsx');
  await writeFile(
    npx,
    `#!/bin/sh\nif [ "$1" = kinesis-order ]; then shift; exec '${tool}' '${main}' "$@"; fi\nname="$1"; shift\nexec '${resolve('node_modules', '.bin')}'/"$name" "$@"\n`,
  );
  await chmod(npx, 0o755);
  for (const name of ['python', 'pytest']) await symlink(join(dirname(python), name), join(folder, 'bin', name));
  return folder;
};

const blockMs = 300_000;

/** Runs the commands in a shell. Ends what they left in the background. */
export const runBlock = async (block: Snippet, folder: string): Promise<RanBlock> => {
  const script = `set -e; trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${block.text}`;
  return { block, ...(await runShell(script, { folder, withinMs: blockMs })) };
};

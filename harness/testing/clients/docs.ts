import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';

/** A block of commands as a page has it, with the exit code that it is to end with. */
export type Block = {
  readonly page: string;
  readonly text: string;
  readonly exit: number;
  readonly isSlow: boolean;
};

export type RanBlock = { readonly block: Block; readonly code: number; readonly output: string };

const pages = [
  'docs/is-my-producer-in-order.md',
  'docs/is-my-consumer-in-order.md',
  'docs/is-my-lambda-in-order.md',
  'docs/record.md',
] as const;
const examples = ['python', 'javascript', 'lines', 'lambda'] as const;
const folders = ['go', 'maven'] as const;

/**
 * Every block of shell commands. `<!-- exit: 4 -->` before it says how it ends, `<!-- slow -->` keeps it out of the
 * quick half.
 */
export const blocks = async (): Promise<readonly Block[]> => {
  const found: Block[] = [];
  for (const page of pages) {
    const text = await readFile(page, 'utf8');
    for (const [, before = '', commands = ''] of text.matchAll(/((?:<!--[^>]*-->\n\n)*)```sh\n([\s\S]*?)```/g)) {
      const exit = Number(/exit: (\d+)/.exec(before)?.[1] ?? 0);
      found.push({ page, text: commands, exit, isSlow: before.includes('slow') });
    }
  }
  return found;
};

/**
 * A folder as a reader of the page has it: the examples side by side, and `npx kinesis-order`, `python` and `pytest`
 * on the path.
 */
export const docsFolder = async (python: string): Promise<string> => {
  const folder = resolve('.cache', 'clients', 'docs');
  await rm(folder, { recursive: true, force: true });
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

/** Runs the commands as they stand, in a shell. What they left in the background ends with them. */
export const runBlock = (block: Block, folder: string): Promise<RanBlock> =>
  new Promise((done, reject) => {
    const script = `set -e; trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${block.text}`;
    const child = spawn('bash', ['-c', script], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        NO_COLOR: '1',
      },
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), blockMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      done({ block, code: code ?? -1, output });
    });
  });

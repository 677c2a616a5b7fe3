import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { Project } from './project.ts';
import { configText, inOrderText, type Programs, programsText, reorderText, workflowText } from './templates.ts';

export type InitOptions = Programs & { readonly examples?: boolean };

/** What happened to a file, by its path as the user types it. */
export type Written = { readonly path: string; readonly what: 'written' | 'kept' };

/** Writes the files that a new user needs. An existing file is kept as it is. */
export const init = async (project: Project, options: InitOptions): Promise<readonly Written[]> => {
  const { folder, ending, top, below } = project;
  const scenario = (name: string): string => join(folder, 'scenarios', `${name}.scenario.${ending}`);
  const hasPrograms = options.producer !== undefined || options.consumer !== undefined;
  const files: readonly (readonly [path: string, text: string])[] = [
    [join(folder, `kinesis-order.config.${ending}`), configText],
    [scenario('in-order'), inOrderText],
    [scenario('red/reordered-by-a-retry'), reorderText],
    ...(hasPrograms ? [[scenario('my-pipeline'), programsText(options)] as const] : []),
    [join(top, '.github', 'workflows', workflowName(below)), workflowText(below)],
  ];
  const written: Written[] = [];
  for (const [path, text] of files) written.push({ path: relative(folder, path), what: await writeNew(path, text) });
  written.push({ path: '.gitignore', what: await ignoreReports(folder) });
  if (options.examples === true) written.push({ path: 'scenarios/lab', what: await copyLab(folder, ending) });
  return written;
};

const workflowName = (below: string): string =>
  below === '' ? 'kinesis-order.yml' : `kinesis-order-${below.replaceAll(/[^a-z0-9]+/gi, '-')}.yml`;

const writeNew = async (path: string, text: string): Promise<Written['what']> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return 'written';
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return 'kept';
    throw new HarnessError('usage', `init: cannot write ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
};

const ignoreReports = async (folder: string): Promise<Written['what']> => {
  const path = join(folder, '.gitignore');
  const before = await readFile(path, 'utf8').catch(() => '');
  if (before.split('\n').some((line) => /^\/?reports\/?$/.test(line.trim()))) return 'kept';
  await writeFile(path, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}reports/\n`);
  return 'written';
};

/** Copies the lab's scenarios, which are part of the package. They are valid JavaScript, whatever their ending. */
const copyLab = async (folder: string, ending: 'ts' | 'mjs'): Promise<Written['what']> => {
  const from = fileURLToPath(new URL('../../scenarios', import.meta.url));
  const to = join(folder, 'scenarios', 'lab');
  const { glob } = await import('tinyglobby');
  const all = await glob('*.scenario.ts', { cwd: from });
  if (all.length === 0) throw new HarnessError('usage', `init --examples: there are no scenarios in ${from}`);
  await mkdir(to, { recursive: true });
  let what: Written['what'] = 'kept';
  for (const name of all) {
    const place = join(to, name.replace(/\.ts$/, `.${ending}`));
    const isNew = await cp(join(from, name), place, { force: false, errorOnExist: true }).then(
      () => true,
      () => false,
    );
    if (isNew) what = 'written';
  }
  return what;
};

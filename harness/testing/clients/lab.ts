import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expecting, type Row } from './row.ts';

/**
 * The workshop's page is not part of the project. If it lies beside the checkout, its program is taken from there,
 * unchanged.
 */
const page = resolve('..', 'shared', 'seed', 'lab1.md');
const ours = resolve('examples', 'python', 'lab_loop.py');

export type Lab = { readonly file: string; readonly from: string };

export const labProgram = async (folder: string): Promise<Lab> => {
  const text = await readFile(page, 'utf8').catch(() => undefined);
  if (text === undefined) return { file: ours, from: 'examples/python/lab_loop.py, written after the lab' };
  const [, indent = '', code] = /^( *)```python\n([\s\S]*?)^ *```$/m.exec(text) ?? [];
  if (code === undefined) throw new Error(`${page} has no Python program any more`);
  const file = join(folder, 'lab1.py');
  const unindented = code.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  await writeFile(file, unindented.join('\n'));
  return { file, from: 'lab1.py of the workshop, unchanged' };
};

/** The lab's program is endless, has its own region and stream, and each ride id is a key of its own. */
export const labRow = ({ file, from }: Lab): Row => ({
  name: 'lab1',
  client: `boto3: ${from}`,
  fault: 'none; --stop-after 200',
  expected: 'exit 4: no key has two records; everything else holds, and the remedy is said',
  command: ({ lab }) => lab(file),
  stream: 'input_stream',
  flags: ['--stop-after', '200'],
  problems: expecting({ code: 4, kept: null }, ({ history, output }) => [
    (history?.counts.acked ?? 0) >= 200 ? undefined : `only ${history?.counts.acked} acknowledged`,
    history?.claims.some(({ anomaly, verdict }) => anomaly === 'lost-write' && verdict === 'holds')
      ? undefined
      : 'lost-write does not hold',
    /order not tested, because .*--id.*partition key/.test(output) ? undefined : 'the remedy is not said',
  ]),
  isQuick: true,
});

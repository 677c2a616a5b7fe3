import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { reporters } from '../report/registry.ts';

export type Output = { readonly reporter: keyof typeof reporters; readonly file: string | undefined };

/**
 * Parses `json`, `junit=reports/junit.xml` and so on. Throws HarnessError('usage') if two reporters have the same
 * destination.
 */
export const parseOutputs = (texts: readonly string[]): readonly Output[] => {
  const outputs = texts.map(parseOutput);
  const taken = new Map<string, string>();
  for (const [index, { reporter, file }] of outputs.entries()) {
    // The terminal report gives way on standard output to a machine format, so it never conflicts.
    if (file === undefined && reporter === 'terminal') continue;
    const place = file === undefined ? 'standard output' : resolve(file);
    const other = taken.get(place);
    if (other !== undefined) throw bothTo(file ?? place, other, texts[index] ?? '');
    taken.set(place, texts[index] ?? '');
  }
  return outputs;
};

const parseOutput = (text: string): Output => {
  const [name = '', ...rest] = text.split('=');
  if (!isKeyOf(reporters, name)) {
    throw new HarnessError('usage', `--reporter: there is no reporter ${JSON.stringify(name)}`, {
      hint: `possible: ${Object.keys(reporters).join(', ')}, each also as name=file`,
    });
  }
  const file = rest.length === 0 ? undefined : rest.join('=');
  if (file !== '') return { reporter: name, file };
  throw new HarnessError('usage', `--reporter ${text}: there is no file behind the =`, {
    hint: `${name}=${reporters[name].fileName}, or ${name} alone for standard output`,
  });
};

const bothTo = (place: string, one: string, other: string): HarnessError =>
  new HarnessError('usage', `--reporter ${one} and --reporter ${other} would both be written to ${place}`, {
    hint: 'give each a file of its own: --reporter junit=junit.xml --reporter json=verdict.json',
  });

/** True if a machine format has standard output to itself. */
export const isOutTaken = (outputs: readonly Output[]): boolean =>
  outputs.some(({ reporter, file }) => reporter !== 'terminal' && file === undefined);

/** Throws HarnessError('usage') if an output would overwrite an input file, whatever path leads to it. */
export const assertNoInput = async (
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[],
): Promise<void> => {
  const read = new Set(await Promise.all(inputs.map(fileId)));
  for (const output of outputs) {
    const id = await fileId(output);
    if (id !== undefined && read.has(id))
      throw new HarnessError('usage', `${output} is read, and would be written over`, { hint: 'name another file' });
  }
};

/**
 * The identity of an existing regular file; undefined for anything else, because writing to a terminal or /dev/null
 * destroys nothing.
 */
const fileId = async (path: string | undefined): Promise<string | undefined> => {
  const found = path === undefined ? undefined : await stat(path, { bigint: true }).catch(() => undefined);
  return found?.isFile() === true ? `${found.dev}:${found.ino}` : undefined;
};

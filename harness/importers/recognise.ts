import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { filesBelow } from '../lib/files-below.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Format, Recognised } from './format.ts';
import { largestOf } from './largest-first.ts';
import { areNearlyAll } from './nearly-all.ts';
import { type FormatName, formats } from './registry.ts';
import { openText } from './text-source.ts';

/**
 * The command that imports a file, or a folder of files, if its beginning looks like a format that can be imported.
 * Undefined for anything else, and for unreadable files.
 */
export const importLineFor = async (path: string): Promise<string | undefined> => {
  const files = await filesIn(path);
  if (files === undefined) return lineOf(await recognised(path), shellWord(path));
  const [first] = files;
  if (first === undefined) return undefined;
  const largest = await largestOf(files, (file) => file);
  const isFlat = files.every((file) => dirname(file) === dirname(first));
  const names = isFlat ? `${shellWord(dirname(first))}/*` : `$(find ${shellWord(path)} -type f | sort)`;
  return lineOf(await recognised(largest), names);
};

const lineOf = (found: (Recognised & { readonly name: FormatName }) | undefined, files: string): string | undefined => {
  if (found === undefined) return undefined;
  const { name, flags } = found;
  const format: Format = formats[name];
  // The format has no records. The file that has them is unknown here.
  const source = format.isBeside === true ? `jsonl DUMP --with ${name}:${files}` : `${name} ${files}`;
  return ['kinesis-order import', source, ...flags.map(shellWord), '--out h.ndjson'].join(' ');
};

const filesIn = async (path: string): Promise<readonly string[] | undefined> => {
  const info = await stat(path).catch(() => undefined);
  return info?.isDirectory() === true ? filesBelow(path).catch(() => []) : undefined;
};

const recognised = async (path: string) => {
  const start = await startOf(path);
  if (start === undefined || start.slice(0, 4096).includes('"kinesis-order-history"')) return undefined;
  const seen = Object.entries(formats).flatMap(([name, { recognise }]) => {
    const found = recognise(start);
    return found === undefined ? [] : [{ name: name as FormatName, ...found }];
  });
  return seen.sort((a, b) => b.sure - a.sure)[0];
};

const startOf = async (path: string): Promise<string | undefined> => {
  try {
    const source = await openText(path);
    source.close();
    return source.start;
  } catch {
    return undefined;
  }
};

/**
 * For a log whose lines have sequence numbers and no names: a command that shows how to name their parts. Undefined
 * for any other file.
 */
export const prefixLineFor = async (path: string): Promise<string | undefined> => {
  const start = await startOf(path);
  const lines = start?.split('\n', 20).filter((line) => line.trim() !== '') ?? [];
  if (lines.length === 0 || !areNearlyAll(lines, (line) => /\b\d{40,}\b/.test(String(line)))) return undefined;
  return `kinesis-order import log ${shellWord(path)} --prefix '(?<seq>\\d{40,}).*key=(?<key>\\S+).*version=(?<n>\\d+)' --out h.ndjson`;
};

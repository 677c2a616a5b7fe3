import { shellWord } from '../lib/shell-word.ts';
import { formats } from './registry.ts';
import { openText } from './text-source.ts';

/**
 * The line to type for a file that is no history, where its beginning looks like something that can be imported.
 * Undefined for all else, and for files that cannot be read.
 */
export const importLineFor = async (path: string): Promise<string | undefined> => {
  const start = await startOf(path);
  if (start === undefined || start.slice(0, 4096).includes('"kinesis-order-history"')) return undefined;
  const seen = Object.entries(formats).flatMap(([name, { recognise }]) => {
    const found = recognise(start);
    return found === undefined ? [] : [{ name, ...found }];
  });
  const [surest] = seen.sort((a, b) => b.sure - a.sure);
  if (surest === undefined) return undefined;
  const words = ['import', surest.name, path, ...surest.flags, '--out', 'h.ndjson'].map(shellWord);
  return `kinesis-order ${words.join(' ')}`;
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

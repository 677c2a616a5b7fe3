import { basename, dirname, join } from 'node:path';
import { seekable } from '../history/spool.ts';
import { print } from '../lib/print.ts';
import { several } from '../lib/several.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { summaryEnding } from '../parts/part-head.ts';
import { stemOf } from '../parts/part-reader.ts';
import { splitHistory } from '../parts/split.ts';
import { summaryOf } from '../parts/summary.ts';
import { interruption } from './interrupt.ts';
import { ofHistory } from './of-history.ts';

export type SplitFlags = { readonly parts: number; readonly out?: string };

/** `split`: writes the parts and prints their sizes. */
export const splitCommand = async (path: string, { parts, out }: SplitFlags): Promise<number> => {
  const { signal, dispose } = interruption();
  const folder = out ?? besideOf(path);
  try {
    const split = await ofHistory(path, () =>
      seekable(path, (file) => splitHistory(file, { parts, folder, signal, name: path }), signal),
    );
    const lines = split.parts.map(({ path: part, bytes }) => `${part}: ${Math.ceil(bytes / 1000)} kB`);
    print.out(`${lines.join('\n')}\n${several(split.components, 'component')} in ${several(parts, 'part')}\n`);
    if (split.together !== undefined) print.out(`these can only be judged together: ${split.together}\n`);
    return 0;
  } finally {
    dispose();
  }
};

const besideOf = (path: string): string =>
  path === '-' ? 'parts' : join(dirname(path), `${basename(path).replace(/\.ndjson(\.gz)?$/, '')}-parts`);

/** `check PART --summary`: writes the summary of each part beside it, for `merge-reports`. */
export const summaryCommand = async (paths: readonly string[]): Promise<number> => {
  for (const path of paths) {
    const summary = await ofHistory(path, () => summaryOf(path));
    const file = `${stemOf(path)}${summaryEnding}`;
    await writeWhole(file, `${JSON.stringify(summary)}\n`);
    const said = summary.odd === undefined ? 'plain' : `judged when it is merged: ${summary.odd}`;
    print.out(`${file}: ${said}\n`);
  }
  return 0;
};

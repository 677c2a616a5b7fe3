import { join } from 'node:path';
import { formats } from '../compare/render/registry.ts';
import type { Comparison } from '../compare/result.ts';
import { writeWhole } from '../lib/write-whole.ts';
import type { CompareOutput } from './compare-flags.ts';
import type { Console } from './console.ts';

/** Writes every format beside the histories, and the requested ones to their places. */
export const writeComparison = async (
  comparison: Comparison,
  outputs: readonly CompareOutput[],
  folder: string,
  { human, out, style: { width } }: Console,
): Promise<void> => {
  for (const { fileName, render } of Object.values(formats))
    await writeWhole(join(folder, fileName), render(comparison));
  for (const { format, file } of outputs) {
    const { render } = formats[format];
    if (file !== undefined) await writeWhole(file, render(comparison));
    else if (format === 'terminal') human(render(comparison, width));
    else out(render(comparison));
  }
};

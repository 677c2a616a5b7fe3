import { join } from 'node:path';
import { type CheckOptions, checkHistory } from '../judging/check-history.ts';
import { HarnessError } from '../lib/error.ts';
import { ByteFile } from '../parts/part-writer.ts';
import { type FileResult, nameOf } from './file-result.ts';
import { inFolder } from './part-folder.ts';
import { columnsOf } from './rows.ts';
import type { Step } from './step.ts';

/** In: all lines of files, grouped by file and in order. Out: the verdict of one process on each file. */
export const whole: Step = (rows, emit, { rules }) =>
  inFolder(async (folder) => {
    const path = join(folder, 'whole.ndjson');
    const judge = async (file: string, lines: ByteFile): Promise<void> => {
      lines.close();
      emit(JSON.stringify({ file, ...(await judged(path, { ...rules, path: nameOf(file) })) } satisfies FileResult));
    };
    let open: { readonly file: string; readonly lines: ByteFile } | undefined;
    for (const row of rows) {
      const [name, line] = columnsOf(row, 2) as [Buffer, Buffer];
      const file = name.toString('utf8');
      if (open?.file === file) open.lines.text('\n');
      else {
        if (open !== undefined) await judge(open.file, open.lines);
        open = { file, lines: new ByteFile(path) };
      }
      // No newline after the last line, because a history may be cut short.
      open.lines.add(line);
    }
    if (open !== undefined) await judge(open.file, open.lines);
  });

const judged = async (path: string, options: CheckOptions): Promise<Omit<FileResult, 'file'>> => {
  try {
    return { verdict: await checkHistory(path, options) };
  } catch (thrown) {
    if (thrown instanceof HarnessError) return { error: thrown.message };
    throw thrown;
  }
};

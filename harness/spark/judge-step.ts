import type { PartHead } from '../parts/part-head.ts';
import { lineOf } from './line-text.ts';
import { PartFile, wholeKind } from './part-file.ts';
import { inFolder } from './part-folder.ts';
import { headRow, wholeRow } from './route-step.ts';
import { columnsOf } from './rows.ts';
import type { Step } from './step.ts';

/**
 * In: the lines of parts, grouped by part and sorted by line number. Out: the summary of each part. If a part is not
 * plain, its lines follow, for the merge.
 */
export const judge: Step = (rows, emit) =>
  inFolder((folder) => {
    let open: PartFile | undefined;
    const close = (): void => {
      open?.say(emit);
      open = undefined;
    };
    for (const row of rows) {
      const [file, part, line, items, text] = columnsOf(row, 5) as [Buffer, Buffer, Buffer, Buffer, Buffer];
      const kind = items.toString('latin1');
      if (kind === wholeRow) emit(file, 0, wholeKind, 0, '', text);
      else if (kind === headRow) {
        close();
        open = new PartFile(file.toString('utf8'), JSON.parse(text.toString('utf8')) as PartHead, folder);
      } else if (open?.isOf(file, part) === true) open.add(line, items, lineOf(text));
      else throw new Error(`lines of ${file.toString('utf8')} came without the head of their part`);
    }
    close();
  });

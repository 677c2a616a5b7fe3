import { headroomFold } from '../headroom/headroom.ts';
import { type CheckOptions, checkHistory } from '../judging/check-history.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/**
 * `all` counts every record, `none` nothing; `bounded` stops after so many that it costs a long check next to nothing.
 */
export type HeadroomMode = 'bounded' | 'all' | 'none';

const boundedRecords = 200_000;

/**
 * Judges a history file and, beside the same reading of it, counts what AWS would have taken: the verdict never
 * depends on it.
 */
export const checkWithHeadroom = async (
  path: string,
  options: CheckOptions,
  mode: HeadroomMode = 'bounded',
): Promise<HistoryVerdict> => {
  if (mode === 'none') return checkHistory(path, options);
  let fold: ReturnType<typeof headroomFold> | undefined;
  const beside = (): ReturnType<typeof headroomFold> => {
    fold = headroomFold(mode === 'all' ? Number.POSITIVE_INFINITY : boundedRecords);
    return fold;
  };
  const verdict = await checkHistory(path, { ...options, beside });
  const headroom = fold?.result();
  return headroom === undefined ? verdict : { ...verdict, headroom };
};

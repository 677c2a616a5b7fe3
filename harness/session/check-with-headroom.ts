import { UntestedFold } from '../detection/untested.ts';
import { headroomFold } from '../headroom/headroom.ts';
import { type Beside, type CheckOptions, checkHistory } from '../judging/check-history.ts';
import type { Expired } from '../model/expectations.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { withExpired } from './with-expired.ts';

/**
 * `all` counts every record, `none` counts nothing. `bounded` stops after 200,000 records, so that it costs a long
 * check next to nothing.
 */
export type HeadroomMode = 'bounded' | 'all' | 'none';

const boundedRecords = 200_000;

/**
 * Judges a history file and, in the same reading, counts what AWS would have throttled and what was not tested. The
 * verdict never depends on these counts.
 */
export const checkWithHeadroom = async (
  path: string,
  { expired, ...options }: CheckOptions & { readonly expired?: Expired | undefined },
  mode: HeadroomMode = 'bounded',
): Promise<HistoryVerdict> => {
  if (mode === 'none') return withExpired(await checkHistory(path, options), expired);
  let folds: Folds | undefined;
  const beside = (): Beside => {
    folds = foldsFor(mode === 'all' ? Number.POSITIVE_INFINITY : boundedRecords);
    return folds.both;
  };
  const verdict = withExpired(await checkHistory(path, { ...options, beside }), expired);
  const headroom = folds?.room.result();
  return {
    ...verdict,
    ...(headroom === undefined ? {} : { headroom }),
    ...(verdict.verdict === 'holds' && folds !== undefined ? untestedIn(folds.untested) : {}),
  };
};

const untestedIn = (fold: UntestedFold): Pick<HistoryVerdict, 'untested' | 'remedies'> => {
  const remedies = fold.remedies();
  return { untested: fold.result(), ...(Object.keys(remedies).length === 0 ? {} : { remedies }) };
};

type Folds = {
  readonly room: ReturnType<typeof headroomFold>;
  readonly untested: UntestedFold;
  readonly both: Beside;
};

const foldsFor = (recordsMax: number): Folds => {
  const [room, untested] = [headroomFold(recordsMax), new UntestedFold(recordsMax)];
  const both: Beside = {
    take: (event) => {
      room.take(event);
      untested.take(event);
    },
    takeHot: (hot) => {
      room.takeHot(hot);
      untested.takeHot(hot);
    },
  };
  return { room, untested, both };
};

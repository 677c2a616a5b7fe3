import type { Head } from '../../model/event.ts';

/** Why a history with this head is not judged while it is read; undefined if it is. */
export const oddHead = ({ recorded, recorder, clock, tolerances, identity }: Head): string | undefined => {
  if (recorded !== undefined && !(recorded.includes('puts') && recorded.includes('pages')))
    return 'puts or pages were not recorded';
  if (recorder === 'import') return 'lines that need not be in the order of sending';
  if (clock === 'none' || (tolerances?.clockSkewMs ?? 0) !== 0) return 'times that are not of one clock';
  const isUsual = (identity?.scope ?? 'producer-key') === 'producer-key';
  return isUsual ? undefined : 'a counter over several producers or keys';
};

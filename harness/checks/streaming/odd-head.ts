import type { Head } from '../../model/event.ts';

/** Why nothing of a history with this head is judged while it is read. */
export const oddHead = ({ recorded, stream, recorder, clock, tolerances, identity }: Head): string | undefined => {
  if (recorded !== undefined && !(recorded.includes('puts') && recorded.includes('pages')))
    return 'puts or pages were not recorded';
  if (stream?.shared === true) return 'the stream is shared';
  if (recorder === 'import') return 'lines that need not be in the order of sending';
  if (clock === 'none' || (tolerances?.clockSkewMs ?? 0) !== 0) return 'times that are not of one clock';
  const isUsual = (identity?.scope ?? 'producer-key') === 'producer-key';
  return isUsual ? undefined : 'a counter over several producers or keys';
};

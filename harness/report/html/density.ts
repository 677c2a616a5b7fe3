import type { Activity } from '../trace/activity.ts';
import { hashRows } from '../trace/activity.ts';
import type { Density } from './data.ts';

/** Up to this many records are drawn one by one. */
export const ticksMax = 5000;

/**
 * Bins of the map, without cells if every record is drawn. A cell is the square root of the share, so that a bin with
 * one record stays visible beside one with thousands.
 */
export const densityOf = ({ bins, density, records }: Activity, isWhole: boolean): Density => {
  const { used, width } = bins;
  const empty = { width, bins: used, rows: hashRows, most: 0, cells: '' };
  if (records <= ticksMax && isWhole) return empty;
  let most = 0;
  for (let at = 0; at < used * hashRows; at += 1) most = Math.max(most, density.counts[at] ?? 0);
  if (most === 0) return empty;
  const cells = Uint8Array.from({ length: used * hashRows }, (_, at) => {
    const count = density.counts[at] ?? 0;
    return count === 0 ? 0 : Math.max(24, Math.round(Math.sqrt(count / most) * 255));
  });
  return { ...empty, most, cells: Buffer.from(cells).toString('base64') };
};

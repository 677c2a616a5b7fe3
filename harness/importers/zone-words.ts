import type { Reading } from './reading.ts';

const sideOf = ({ file }: Reading): 'puts' | 'reads' => (file.isPut ? 'puts' : 'reads');

/** The sides with times without a zone. */
export const zonelessSides = (readings: readonly Reading[]): ReadonlySet<'puts' | 'reads'> =>
  new Set(readings.filter(({ opened }) => opened.isZoneless === true).map(sideOf));

export const zoneWords = (readings: readonly Reading[]): readonly string[] => {
  const without = readings.filter(({ opened }) => opened.isZoneless === true);
  if (without.length === 0) return [];
  const names = without.map(({ tally }) => tally.name).join(', ');
  const sides = zonelessSides(readings);
  const side = sides.size === 1 && readings.some(({ file }) => file.isPut) ? `${[...sides].join('')}=` : '';
  return [`times without a zone are read as UTC, in ${names}: set another with --zone ${side}+01:00`];
};

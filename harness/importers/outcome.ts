import type { EventBody } from '../model/event.ts';
import type { Mapping } from './mapping.ts';
import type { Reading } from './reading.ts';

/** The last line. The lines that were left out are only known here. */
export const endOf = (readings: readonly Reading[], error: string): EventBody => {
  const broken = readings.reduce((sum, { tally }) => sum + tally.broken, 0);
  const leftOut = broken === 0 ? {} : { leftOut: broken };
  return error === ''
    ? { type: 'end', reason: 'completed', ...leftOut }
    : { type: 'end', reason: 'interrupted', error, ...leftOut };
};

/** Where the fields of a file were found. */
export type FoundIn = {
  readonly file: string;
  readonly mapping: Mapping | undefined;
  readonly identity: string | undefined;
  /** Its lines have times, in a field or before it. */
  readonly isTimed: boolean;
};

export const foundIn = ({ tally: { name }, opened: { mapping, identity, lacks } }: Reading): FoundIn => ({
  file: name,
  mapping,
  identity,
  isTimed: !lacks.includes('time'),
});

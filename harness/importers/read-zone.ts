import { HarnessError } from '../lib/error.ts';

/** The zone of times without one, in the form `+01:00`. */
export type Zones = { readonly reads?: string; readonly puts?: string };

/** Parses `--zone +01:00` for all files, and `--zone puts=+01:00` for those of --puts. */
export const parseZones = (texts: readonly string[]): Zones => {
  const zones: { reads?: string; puts?: string } = {};
  for (const text of texts) {
    const [, side, zone] = /^(?:(puts|reads)=)?(Z|UTC|[+-]\d{2}:?\d{2})$/.exec(text) ?? [];
    if (zone === undefined)
      throw new HarnessError('usage', `--zone ${text}: expected an offset from UTC`, {
        hint: '--zone +01:00 for all files, --zone puts=+01:00 for those of --puts, --zone reads=+01:00 for the others',
      });
    if (side !== 'puts') zones.reads = zone;
    if (side !== 'reads') zones.puts = zone;
  }
  return zones;
};

/** True if a value is a date and time without a zone. */
export const isZoneless = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\s*(?:\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}\.\d{1,2}\.\d{4})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*$/.test(value);

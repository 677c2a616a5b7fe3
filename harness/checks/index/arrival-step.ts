import { oncePer } from '../../lib/once-per.ts';
import type { View } from './view.ts';

/** Fewer arrival times may be whole seconds by chance, or in an example. */
const timesMin = 10;
const secondMs = 1000;

/**
 * How exact the engine's own arrival times are, in milliseconds: 1000 if all of them are whole seconds, else 0. A
 * record that says 12:00:09 may then have arrived at any time in that second, and an iterator AT_TIMESTAMP may know
 * better. "There are no guarantees about the time stamp accuracy" (SDK, GetRecords).
 */
export const arrivalStepMs = oncePer((view: View): number => stepOf(view));

const stepOf = ({ tables: { readArrival } }: View): number => {
  let times = 0;
  for (let read = 0; read < readArrival.length; read += 1) {
    const arrival = readArrival.at(read);
    if (Number.isNaN(arrival)) continue;
    if (arrival % secondMs !== 0) return 0;
    times += 1;
  }
  return times < timesMin ? 0 : secondMs;
};

import { clockSkewOf } from './clocks.ts';
import type { Delivery } from './deliveries.ts';
import type { Reported } from './done-reports.ts';
import type { Subjects } from './subjects.ts';

/** By whose clock, and when. The workers of an application are machines of their own. */
export type Stamp = { readonly machine: string; readonly t: number };

export const stampOfPage = ({ view: { tables } }: Subjects, page: number): Stamp => {
  const reader = tables.chains[tables.pageChain.at(page)]?.reader ?? -1;
  return { machine: machineOf(reader, tables.pageWorker.get(page)), t: tables.pageT.at(page) };
};

export const stampOfDelivery = (subjects: Subjects, { page }: Delivery): Stamp => stampOfPage(subjects, page);

export const stampOfReport = ({ reader, event, t }: Reported): Stamp => ({
  machine: machineOf(reader, event.worker),
  t,
});

const machineOf = (reader: number, worker: string | undefined): string =>
  worker === undefined ? `reader ${reader}` : `worker ${worker}`;

/**
 * True if the order of two events, which is that of their lines, may rest on times. Contract,
 * `tolerances.clockSkewMs`.
 */
export const isSureOrder = ({ view }: Subjects, earlier: Stamp, later: Stamp): boolean => {
  const skew = clockSkewOf(view.tables.head);
  return skew === 0 || earlier.machine === later.machine || later.t - earlier.t > skew;
};

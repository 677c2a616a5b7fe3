import type { EventBody, IteratorStart, PageEvent } from '../model/event.ts';

type PageBody = Extract<EventBody, { readonly type: 'page' }>;

/** A page with its times on the clock of the history. Without `at` the times are unknown, and none are written. */
export const pageOnClock = (page: PageBody, at: ((time: number) => number) | undefined): PageBody => {
  const { t0, from, ...rest } = page;
  const start = from === undefined ? {} : { from: startAt(from, at) };
  if (at === undefined || t0 === undefined) return { ...rest, ...start };
  return { ...rest, t0: at(t0), ...start };
};

const startAt = (from: IteratorStart, at: ((time: number) => number) | undefined): IteratorStart => {
  const { t0, t, ...place } = from;
  if (at === undefined || t0 === undefined || t === undefined) return place as IteratorStart;
  return { ...place, t0: at(t0), t: at(t) } as IteratorStart;
};

/**
 * A delivered page as a page read from the stream, because what was delivered must have been read. Each page is a
 * chain of its own, because a consumer may redeliver records without reading them again.
 */
export const asFetched = (page: PageBody, reader: string, chain: number): PageBody => {
  const { worker: _, lane: _lane, from: _from, ...rest } = page as PageEvent;
  return { ...(rest as PageBody), reader, chain, from: { type: 'UNKNOWN' } };
};

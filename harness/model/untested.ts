/**
 * What a run that holds did not try, one each: nothing failed in it, nothing went wrong, so it says nothing of what
 * would have come of that. Told of a history; the verdict never depends on it.
 */
export type Untested = 'retry' | 'overlap' | 'one-call' | 'reshard' | 'restart';

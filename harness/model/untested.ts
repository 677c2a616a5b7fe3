/**
 * What did not happen in a run that holds, so that the run says nothing about it. Reported with a history; the verdict
 * never depends on it.
 */
export type Untested = 'retry' | 'overlap' | 'one-call' | 'reshard' | 'restart';

/**
 * What a run that holds did not try, one each: nothing failed in it, nothing went wrong, so it says nothing of what
 * would have come of that. Told of a history; the verdict never depends on it.
 */
export type Untested = 'retry' | 'overlap' | 'one-call' | 'reshard' | 'restart';

/**
 * A fault that would test it, on the first call of the history to which it applies. `by`: who can arm it there, a
 * recording of the program or the scenario.
 */
export type Remedy = {
  readonly by: 'record' | 'scenario';
  readonly fault: 'fail-call' | 'fail-record' | 'swap';
  readonly options: { readonly producer?: string; readonly call: number; readonly entries?: readonly number[] };
};

export type Remedies = Readonly<Partial<Record<Untested, Remedy>>>;

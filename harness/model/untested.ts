/**
 * What did not happen in a run that holds, so that the run says nothing about it. Reported with a history; the verdict
 * never depends on it.
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

/** The prefix and the tag of everything that this tool makes: `clean` removes nothing else. */
export const namePrefix = 'kinesis-order-';
export const tagKey = 'kinesis-order';

const nameMax = 128;

/** `kinesis-order-<run>-<scenario>`, in the characters that a stream name may have. */
export const streamNameOf = (run: string, scenario: string): string =>
  `${namePrefix}${run}-${scenario.replaceAll(/[^a-zA-Z0-9_.-]+/g, '-')}`.slice(0, nameMax);

/** Stacks allow fewer characters than streams. */
export const stackNameOf = (stream: string): string => stream.replaceAll(/[^a-zA-Z0-9-]+/g, '-');

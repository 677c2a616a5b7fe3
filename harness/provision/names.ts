/**
 * The prefix of all names that this tool creates. `clean` removes only streams and stacks with this prefix and the
 * tag.
 */
export const namePrefix = 'kinesis-order-';
export const tagKey = 'kinesis-order';

const nameMax = 128;

/** `kinesis-order-<run>-<scenario>`, in the characters and the length (128) that a stream name may have. */
export const streamNameOf = (run: string, scenario: string): string =>
  `${namePrefix}${run}-${scenario.replaceAll(/[^a-zA-Z0-9_.-]+/g, '-')}`.slice(0, nameMax);

/** The name of the stack of a stream. Stack names allow fewer characters. */
export const stackNameOf = (stream: string): string => stream.replaceAll(/[^a-zA-Z0-9-]+/g, '-');

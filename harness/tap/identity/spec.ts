import { z } from 'zod';
import { HarnessError } from '../../lib/error.ts';

const counted = {
  /** `dense`: the numbers have no gaps. Default: only their order counts. */
  counter: z.enum(['dense', 'sparse']).optional(),
  /** The smallest number. */
  first: z.int().min(0).optional(),
  /** The records that share one counter. Default: those of one producer and key. */
  scope: z.enum(['producer-key', 'key', 'producer']).optional(),
} as const;

const pointer = z
  .string()
  .regex(/^(\/[^/]*)+$/, 'expected a JSON Pointer that begins with "/" (RFC 6901), for instance /order/seq');

/**
 * How to find the identity of a record that this tool did not make: its counter, the counter's scope, and its producer.
 */
export const identitySpec = z.discriminatedUnion('from', [
  /** The payload is JSON, and JSON Pointers name its fields. */
  z.strictObject({
    from: z.literal('json'),
    n: pointer,
    key: pointer.optional(),
    producer: pointer.optional(),
    ...counted,
  }),
  /** A regular expression over the payload as UTF-8, with the named groups n, key and producer. */
  z.strictObject({ from: z.literal('re'), pattern: z.string().min(1), ...counted }),
  /** A module whose default export (or `identify`) is `(payload, key) => ({ n, key, producer }) | undefined`. */
  z.strictObject({ from: z.literal('module'), file: z.string().min(1), ...counted }),
  /** Records have no counter: n is the order of first sending. */
  z.strictObject({ from: z.literal('none') }),
]);

export type IdentitySpec = z.infer<typeof identitySpec>;

type Counted = Partial<Pick<Extract<IdentitySpec, { from: 're' }>, keyof typeof counted>>;
type JsonOptions = { readonly key?: string; readonly producer?: string } & Counted;

/**
 * Finds the counter of a JSON payload by JSON Pointer. `key` names what must be in order, if that is not the partition
 * key.
 */
export const json = (n: string, options: JsonOptions = {}) => ({ from: 'json', n, ...options }) as const;

/** Finds the counter by a regular expression with the named group `n`, and optionally `key` and `producer`. */
export const re = (pattern: RegExp | string, options: Counted = {}) =>
  ({ from: 're', pattern: typeof pattern === 'string' ? pattern : sourceOf(pattern), ...options }) as const;

/**
 * The pattern of a RegExp. A history keeps it without flags, and it is always used with the flag u. The flags g and d
 * do not change what matches; any other flag throws HarnessError('usage').
 */
const sourceOf = ({ source, flags }: RegExp): string => {
  const lost = flags.replaceAll(/[dgu]/g, '');
  if (lost === '') return source;
  throw new HarnessError('usage', `identity re(/${source}/${flags}): the flags "${lost}" cannot be kept`, {
    hint: 'write what they do into the pattern, without flags: [Ss]eq for /seq/i, [\\s\\S] for the dot of /./s, (?<=^|\\n) for the ^ of /^/m',
  });
};

/** The identity in a payload. `key` is what must be in order, if that is not the partition key. */
export type RecordIdentity = { readonly n: number; readonly key?: string; readonly producer?: string };

/**
 * Reads the identity of a payload; undefined if it has none. Throws only what the user's module throws, and
 * HarnessError('usage') if that module returns something else.
 */
export type Identify = (payload: Uint8Array, key: string) => RecordIdentity | undefined;

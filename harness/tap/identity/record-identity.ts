/** The identity in a payload. `key` is what must be in order, if that is not the partition key. */
export type RecordIdentity = { readonly n: number; readonly key?: string; readonly producer?: string };

/** Undefined for a payload without an identity. Throws only what the user's module throws. */
export type Identify = (payload: Uint8Array, key: string) => RecordIdentity | undefined;

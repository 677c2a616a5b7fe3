/** What a payload says of itself. `key` is what must be in order, where it is not the partition key. */
export type RecordIdentity = { readonly n: number; readonly key?: string; readonly producer?: string };

/** Undefined for a payload that does not say who it is. Throws only what a module of somebody's own throws. */
export type Identify = (payload: Uint8Array, key: string) => RecordIdentity | undefined;

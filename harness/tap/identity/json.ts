import { counterOf } from './counter.ts';
import type { Identify } from './record-identity.ts';

export type JsonFields = {
  readonly n: string;
  readonly key?: string | undefined;
  readonly producer?: string | undefined;
};

/**
 * Reads the identity from a JSON payload. A payload that lacks one of the named fields has no identity, because a
 * partial identity would be compared with the wrong records.
 */
export const jsonIdentity = ({ n, key, producer }: JsonFields): Identify => {
  const [nPath, keyPath, producerPath] = [pathOf(n), pathOf(key), pathOf(producer)];
  return (payload) => {
    const value = parse(payload);
    const counter = counterOf(valueAt(value, nPath));
    if (counter === undefined) return undefined;
    const flow = textOf(valueAt(value, keyPath));
    const who = textOf(valueAt(value, producerPath));
    if ((keyPath !== undefined && flow === undefined) || (producerPath !== undefined && who === undefined))
      return undefined;
    return {
      n: counter,
      ...(flow === undefined ? {} : { key: flow }),
      ...(who === undefined ? {} : { producer: who }),
    };
  };
};

const parse = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The tokens of a JSON Pointer (RFC 6901). */
const pathOf = (pointer: string | undefined): readonly string[] | undefined =>
  pointer
    ?.split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

const valueAt = (root: unknown, path: readonly string[] | undefined): unknown => {
  if (path === undefined) return undefined;
  let value = root;
  for (const token of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

import { counterOf } from './counter.ts';
import type { Identify } from './record-identity.ts';

/** Reads the identity with a regular expression. Groups that did not match are absent from the identity. */
export const reIdentity = ({ pattern }: { readonly pattern: string }): Identify => {
  const expression = new RegExp(pattern, 'u');
  return (payload) => {
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
    const groups = expression.exec(text)?.groups;
    const n = counterOf(groups?.['n']);
    if (n === undefined) return undefined;
    const { key, producer } = groups as Readonly<Record<string, string | undefined>>;
    return { n, ...(key === undefined ? {} : { key }), ...(producer === undefined ? {} : { producer }) };
  };
};

import { isSequenceNumber } from '../../model/sequence-number.ts';

/**
 * What a handler may say of itself while it works: that it has applied a record, or given it up. Everything else a
 * mapping knows without being told.
 */
export type ToldLine = {
  readonly event: 'done' | 'failed' | 'discard';
  readonly seq: string;
  /** Inside an aggregate that the handler took apart. Left out: all of it. */
  readonly sub?: number;
  readonly to?: string;
  readonly message?: string;
};

const events: ReadonlySet<unknown> = new Set(['done', 'failed', 'discard']);

/** A value of one JSON line; undefined for what is the handler's own. */
export const toldLine = (value: unknown): ToldLine | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, seq, sub, to, message } = value as Readonly<Record<string, unknown>>;
  if (!events.has(type) || !isSequenceNumber(seq)) return undefined;
  return {
    event: type as ToldLine['event'],
    seq,
    ...(Number.isSafeInteger(sub) ? { sub: sub as number } : {}),
    ...(typeof to === 'string' ? { to } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
};

/**
 * The value of a line that is JSON; undefined for any other text, which costs no exception where it cannot be an
 * object.
 */
export const jsonOf = (line: string): unknown => {
  if (!/^\s*(\{.*\}|null)\s*$/s.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

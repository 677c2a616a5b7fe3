import { isSequenceNumber } from '../../model/sequence-number.ts';

/**
 * Lines that a handler may print: that it has applied a record, or discarded it. The mapping reports everything else
 * itself.
 */
export type HandlerLine = {
  readonly event: 'done' | 'failed' | 'discard';
  readonly seq: string;
  /** The index in an aggregate that the handler unpacked. Default: all of it. */
  readonly sub?: number;
  readonly to?: string;
  readonly message?: string;
};

const events: ReadonlySet<unknown> = new Set(['done', 'failed', 'discard']);

/** The value of one JSON line; undefined for other output of the handler. */
export const handlerLine = (value: unknown): HandlerLine | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, seq, sub, to, message } = value as Readonly<Record<string, unknown>>;
  if (!events.has(type) || !isSequenceNumber(seq)) return undefined;
  return {
    event: type as HandlerLine['event'],
    seq,
    ...(Number.isSafeInteger(sub) ? { sub: sub as number } : {}),
    ...(typeof to === 'string' ? { to } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
};

/**
 * The value of a line that is JSON, else undefined. A line that cannot be an object is not parsed, which saves an
 * exception.
 */
export const jsonOf = (line: string): unknown => {
  if (!/^\s*(\{.*\}|null)\s*$/s.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

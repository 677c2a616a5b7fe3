import { isSequenceNumber } from '../../model/sequence-number.ts';

/**
 * A line that a handler may print: it has applied a record, failed at it, or discarded it. The mapping reports
 * everything else itself.
 */
export type HandlerLine = {
  readonly event: 'done' | 'failed' | 'discard';
  readonly seq: string;
  /** The index in an aggregate that the handler unpacked. Default: all its records. */
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
 * The value of a line that is a JSON object or `null`, else undefined. Other lines are not parsed, which saves an
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

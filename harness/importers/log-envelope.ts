import type { Before } from './json-values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One event of a log exported as JSON. */
export type LogEvent = { readonly message: string; readonly before: Before };

/**
 * CloudWatch Logs wraps lines: a subscription in `logEvents`, `aws logs filter-log-events` in `events`. Undefined for
 * anything else.
 */
export const logEventsOf = (value: unknown): readonly LogEvent[] | undefined => {
  const { logEvents, events, messageType } = value as Fields;
  if (messageType === 'CONTROL_MESSAGE') return [];
  const list = logEvents ?? events;
  if (!Array.isArray(list) || !list.every(isLogEvent)) return undefined;
  return list.map(({ message, timestamp }) => ({ message, before: { time: String(timestamp) } }));
};

const isLogEvent = (item: unknown): item is { readonly message: string; readonly timestamp: number } =>
  typeof item === 'object' &&
  item !== null &&
  typeof (item as Fields)['message'] === 'string' &&
  typeof (item as Fields)['timestamp'] === 'number';

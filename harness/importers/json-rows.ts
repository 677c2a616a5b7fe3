import { exactlyIfLong } from './exact-numbers.ts';
import { itemLines } from './item-lines.ts';
import { type Before, type JsonValueOptions, JsonValues } from './json-values.ts';
import { logEventsOf } from './log-envelope.ts';
import type { Lines } from './text-lines.ts';

export type JsonRows = {
  readonly take: (lines: Lines) => void;
  readonly finish: () => void;
  readonly isOpen: () => boolean;
};

/** Finds the objects in JSON with any wrapping: the items of lists, and the log lines of CloudWatch Logs exports. */
export const jsonRows = (options: JsonValueOptions): JsonRows => {
  const onValue = (value: unknown, line: number, before: Before | undefined, text: string): void => {
    if (Array.isArray(value)) {
      for (const item of exactlyIfLong(value, text) as readonly unknown[])
        if (typeof item === 'object' && item !== null) onValue(item, line, before, '');
      return;
    }
    const events = logEventsOf(value);
    if (events === undefined) return options.onValue(value, line, before, text);
    options.tally.tried -= 1;
    const lines = itemLines(text, Object.hasOwn(value as object, 'logEvents') ? 'logEvents' : 'events');
    for (const [index, { message, before: own }] of events.entries()) {
      const first = line + (lines[index] ?? 0);
      const inner = new JsonValues({
        ...options,
        onValue: (found, _, prefixed, raw) => onValue(found, first, { ...own, ...prefixed }, raw.replaceAll('\n', ' ')),
      });
      inner.take({ first, lines: message.split('\n') });
      inner.finish();
    }
  };
  const values = new JsonValues({ ...options, onValue });
  return { take: (lines) => values.take(lines), finish: () => values.finish(), isOpen: () => values.isOpen };
};

import type { Head, HistoryEvent } from '../../model/event.ts';

type Line = Head | HistoryEvent;

/** The same history on a stream to which others may write. */
export const onSharedStream = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => (line.type === 'head' ? { ...line, stream: { name: 's', ...line.stream, shared: true } } : line));

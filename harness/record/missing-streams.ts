import type { ApiAnswer } from '../tap/call.ts';
import type { StreamRef } from '../tap/stream-ref.ts';
import type { RecordOptions } from './options.ts';

/** Streams that were called and never existed. */
export type MissingStreams = {
  readonly take: (ref: StreamRef, answer: ApiAnswer) => void;
  /** One sentence for each stream, with what to do. */
  readonly notes: (options: Pick<RecordOptions, 'shards' | 'target'>) => readonly string[];
};

const namesMax = 20;

/** Counts the calls to missing streams. A stream that a program looks for and then creates is not missing. */
export const missingStreams = (): MissingStreams => {
  const counts = new Map<string, number>();
  const there = new Set<string>();
  return {
    take: ({ name }, answer) => {
      if (answer.kind === 'ok') there.add(name);
      const isMissing = answer.kind === 'error' && answer.code === 'ResourceNotFoundException';
      if (isMissing && (counts.has(name) || counts.size < namesMax)) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    notes: (options) =>
      [...counts].filter(([name]) => !there.has(name)).map(([name, count]) => wordsOf(name, count, options)),
  };
};

const wordsOf = (name: string, count: number, { shards, target }: Pick<RecordOptions, 'shards' | 'target'>): string => {
  const calls = count === 1 ? '1 call to it was' : `${count} calls to it were`;
  const said = `stream ${name} is not there: ${calls} answered ResourceNotFoundException`;
  // A recording creates no stream on AWS.
  if (target.client.endpoint === undefined) return `${said}\n  make it first`;
  const flags = `--stream ${name} --shards ${shards ?? 2}`;
  return `${said}\n  make it first, or have it made with ${flags}`;
};

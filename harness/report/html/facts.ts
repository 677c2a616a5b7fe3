import type { Head } from '../../model/event.ts';
import type { Reported } from '../reporter.ts';

/** Fields of the head from the format's Additions. */
type More = { readonly recorder?: string; readonly question?: string };

/** Descriptions by recorder. How a history was recorded limits what it can prove. */
const doors: Readonly<Record<string, string>> = {
  harness: 'the harness itself, order of calls and of intent',
  proxy: 'a proxy, order of calls on the wire',
  middleware: 'a middleware of the SDK, order of calls',
  import: 'an import: order of lines need not be order of sending',
};

/** The line above the title: where the history comes from, and how it was recorded. */
export const factsOf = (
  { history, run }: Reported,
  head: (Head & More) | undefined,
): readonly (readonly [string, string])[] => {
  const versions = head?.versions ?? {};
  const target =
    run.target ?? [head?.target?.engine, head?.target?.version].filter((part) => part !== undefined).join(' ');
  const facts: (readonly [string, string | undefined])[] = [
    ['run', history?.run],
    ['target', target],
    ['seed', run.seed ?? head?.seed],
    ['kinesis-order', versions['kinesis-order']],
    ['AWS SDK', versions['sdk']],
    ['Node', versions['node']],
    ['', head?.startedAt?.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, '$1 $2 UTC')],
    ['recorded by', head?.recorder === undefined ? undefined : (doors[head.recorder] ?? head.recorder)],
    ['question', head?.question],
    ['stream', head?.stream?.shared === true ? `${head.stream.name ?? ''} (shared with others)` : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]));
};

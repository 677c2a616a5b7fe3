import type { HistoryVerdict } from '../../model/verdict.ts';
import { countOf, numberOf, timeOf } from '../naming.ts';
import type { Trace } from '../trace/trace.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import type { PageHistory } from './data.ts';

/** How many shards were listed. */
export const shardsIn = ({ topology }: TraceFold): number => new Set(topology.spans.map(({ shard }) => shard)).size;

/** The strip of counts under the answers. */
export const countsOf = (
  { counts, complete }: HistoryVerdict,
  fold: TraceFold | undefined,
  trace: Trace | undefined,
): PageHistory['counts'] => {
  const some = (value: number, name: string): readonly (readonly [string, string])[] =>
    value > 0 ? [[numberOf(value), name]] : [];
  return [
    [numberOf(counts.acked), 'acknowledged'],
    [numberOf(counts.read), 'read'],
    ...(fold === undefined
      ? []
      : ([[numberOf(fold.activity.records), `sent, in ${countOf(fold.activity.calls, 'call')}`]] as const)),
    ...some(counts.failed, 'refused'),
    ...some(counts.info, 'of unknown outcome'),
    ...some(counts.unseen, 'unseen'),
    ...some(counts.foreign, 'of other writers'),
    ...(trace === undefined ? [] : some(trace.names.keys.length, trace.names.keys.length === 1 ? 'key' : 'keys')),
    ...(fold === undefined ? [] : some(shardsIn(fold), shardsIn(fold) === 1 ? 'shard' : 'shards')),
    ...(fold === undefined
      ? []
      : ([
          [numberOf(fold.lineCount), 'lines'],
          [timeOf(fold.t), complete ? '' : 'not complete'],
        ] as const)),
  ];
};

import { clipped, visible } from '../../lib/visible.ts';
import type { Emphasis } from '../drawing/picture-text.ts';
import { padded, wrap } from '../drawing/wrap.ts';
import { countOf, numberOf, shardName, timeOf } from '../naming.ts';
import { lanesOf } from '../story/lane.ts';
import { moved } from '../story/moved.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { TraceFold } from '../trace/trace-fold.ts';

const rowsMax = 20;
/** Beyond this number of records the lanes of keys are not examined. */
const lanesMax = 200_000;

/** Summarises a history: where it comes from, its shards, its keys, and what happened to it. */
export const overviewText = (fold: TraceFold, trace: Trace, width: number, emphasis: Emphasis): readonly string[] => {
  const { head, activity, bands, topology, lineCount, t } = fold;
  const engine = [head?.target?.engine, head?.target?.version].filter((part) => part !== undefined).join(' ');
  const facts = [
    head?.run === undefined ? '' : `run ${head.run}`,
    engine === '' ? '' : `target ${engine}`,
    head?.seed === undefined ? '' : `seed ${head.seed}`,
    head?.startedAt ?? '',
  ].filter((part) => part !== '');
  const counts = `${countOf(lineCount, 'line')} over ${timeOf(t)}: ${countOf(activity.calls, 'call')} with ${countOf(activity.records, 'record')}, ${countOf(trace.deliveries.place.length, 'delivery').replace('deliverys', 'deliveries')}, ${bands.end === undefined ? 'without an end' : `ended ${bands.end.reason}`}`;
  const happened = [
    ...topology.reshards.map(
      ({ action, from, to, outcome }) =>
        `${timeOf(from.t)}  ${action}, line ${from.line}${to === null ? ', never answered' : ` to ${to.line}${outcome === 'ok' ? '' : `, ${outcome ?? ''}`}`}`,
    ),
    ...bands.faults.map(
      ({ name, t: at, line, op }) => `${timeOf(at)}  fault ${name}, line ${line}${op === null ? '' : `, call ${op}`}`,
    ),
  ];
  return [
    ...wrap(facts.map(visible).join(', '), width, 2),
    ...wrap(counts, width, 2),
    '',
    emphasis.bold('shards'),
    ...topology.spans.slice(0, rowsMax).map(({ shard, parts, opened, closed, parents }) => {
      const range = `${percent(parts[0])} to ${percent(parts[1])} of the hash keys`;
      const from = parents.length === 0 ? '' : `, from ${parents.map(shardName).join(' and ')}`;
      const until = closed === null ? 'open' : `shown closed ${timeOf(closed.t)}, line ${closed.line}`;
      return visible(`  ${padded(shardName(shard), 10)} ${range}${from}; listed on line ${opened.line}, ${until}`);
    }),
    ...more(topology.spans.length),
    '',
    emphasis.bold('keys'),
    ...keyRows(trace).map((row) => visible(row)),
    ...more(trace.names.keys.length),
    ...(happened.length === 0
      ? []
      : [
          '',
          emphasis.bold('what happened'),
          ...happened.slice(0, rowsMax).map((row) => `  ${visible(row)}`),
          ...more(happened.length),
        ]),
    '',
    ...wrap('--key K tells the story of a key, --shard S of a shard, --lines A-B what these lines say.', width),
  ];
};

const more = (count: number): readonly string[] => (count > rowsMax ? [`  and ${numberOf(count - rowsMax)} more`] : []);
const percent = (part: number): string => `${Number((part * 100).toFixed(1))} %`;

const keyRows = (trace: Trace): readonly string[] => {
  const counts = new Map<number, number>();
  for (const flow of trace.entries.flow) if (flow >= 0) counts.set(flow, (counts.get(flow) ?? 0) + 1);
  for (const flow of trace.deliveries.flow) if (flow >= 0 && !counts.has(flow)) counts.set(flow, 0);
  const shown = [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, rowsMax);
  const isLooked = trace.entries.flow.length <= lanesMax;
  return shown.map(([flow, sent]) => {
    const key = clipped(trace.names.keys[trace.flows.key[flow] ?? none] ?? '', 30);
    const producer = trace.names.producers[trace.flows.producer[flow] ?? none];
    const late = isLooked ? moved(lanesOf(trace, new Set([flow]))).length : 0;
    return `  ${padded(key, 30)} ${padded(producer ?? '', 8)} ${countOf(sent, 'attempt')}${late === 0 ? '' : `, ${late} out of order`}`;
  });
};

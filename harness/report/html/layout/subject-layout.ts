import { consumerName, shardName } from '../../naming.ts';
import type { Subject, SubjectMark } from '../../trace/subjects.ts';
import { mapScale, mapWidth, timeTicks } from './scale.ts';
import { fitted, line, path, rect, type Shape, type Sheet, text } from './shape.ts';

const row = 34;
const top = 44;

/** A row for each shard. A bar is a worker; where the worker changes, another bar begins, and a step joins them. */
export const subjectLayout = ({ group, stretches, marks }: Subject, end: number): Sheet => {
  const shards = [
    ...new Set([
      ...stretches.map(({ shard }) => shard),
      ...marks.map(({ shard }) => shard).filter((shard) => shard !== ''),
    ]),
  ].sort();
  const workers = [...new Set([...stretches.map(({ worker }) => worker), ...marks.map(({ worker }) => worker)])].sort();
  const height = shards.length * row;
  const scale = mapScale([0, Math.max(1, end)], top, height);
  const y = (shard: string): number => top + (shards.indexOf(shard) + 0.5) * row;
  const shapes: Shape[] = [
    text('head', [16, 24], consumerName(group)),
    ...shards.flatMap((shard) => [
      text('track', [16, y(shard) + 4], fitted(shardName(shard), 70, 13) ?? ''),
      line('base', [scale.left, y(shard)], [scale.right, y(shard)]),
    ]),
    ...stretches.flatMap(({ shard, worker, from, to }): readonly Shape[] => {
      const [x, until] = [scale.x(from), Math.max(scale.x(to), scale.x(from) + 3)];
      const look = `worker w${workers.indexOf(worker) % 3}`;
      const name = fitted(worker, until - x - 10, 11);
      return [
        rect(look, { x, y: y(shard) - 9, width: until - x, height: 18, rx: 3 }),
        ...(name === undefined ? [] : [text(`${look} name`, [x + 6, y(shard) + 4], name)]),
      ];
    }),
    ...takeovers(stretches).map(({ shard, t }) => path('takeover', `M${scale.x(t)},${y(shard) - 15} v30`)),
    ...marks.flatMap((mark) => markShapes(mark, scale.x(mark.t), mark.shard === '' ? top + height : y(mark.shard))),
    line('axis', [scale.left, top + height + 4], [scale.right, top + height + 4]),
    ...timeTicks([0, Math.max(1, end)]).map(({ t, words }) =>
      text('axis-words', [scale.x(t), top + height + 20], words, 'middle'),
    ),
  ];
  return { width: mapWidth, height: top + height + 32, shapes };
};

const takeovers = (stretches: Subject['stretches']): readonly { readonly shard: string; readonly t: number }[] => {
  const last = new Map<string, string>();
  return stretches.flatMap(({ shard, worker, from }) => {
    const before = last.get(shard);
    last.set(shard, worker);
    return before !== undefined && before !== worker ? [{ shard, t: from }] : [];
  });
};

const markShapes = ({ event }: SubjectMark, x: number, y: number): readonly Shape[] => {
  if (event === 'checkpoint') return [path('checkpoint', `M${x},${y + 13} v-24 h8 l-2.5,3 l2.5,3 h-8`)];
  if (event === 'lost' || event === 'failed' || event === 'discard')
    return [path('lost', `M${x - 4},${y - 4} l8,8 M${x + 4},${y - 4} l-8,8`)];
  if (event === 'start') return [path('started', `M${x},${y - 12} v24`)];
  return event === 'end' || event === 'complete' ? [path('ended', `M${x},${y - 12} v24 M${x + 3},${y - 12} v24`)] : [];
};

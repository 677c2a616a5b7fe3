import { listOf } from '../../lib/list-of.ts';
import { visibleIn } from '../../lib/visible.ts';
import { type Emphasis, recordText, textWidth } from '../drawing/picture-text.ts';
import { wrap } from '../drawing/wrap.ts';
import { countOf, shardName } from '../naming.ts';
import { boundedRecord } from '../story/bounded-record.ts';
import { choose } from '../story/choose.ts';
import { type LaneRecord, lanesOf } from '../story/lane.ts';
import { moved } from '../story/moved.ts';
import type { Role } from '../story/picture.ts';
import { flowName, recordPicture } from '../story/record-picture.ts';
import { none, type Trace } from '../trace/trace.ts';

export type KeyInput = {
  readonly trace: Trace;
  readonly roles: ReadonlyMap<string, string>;
  readonly flows: readonly number[];
  readonly width: number;
  readonly emphasis: Emphasis;
};

/**
 * What happened to a key, in numbers and, if its order differs, as a picture: one paragraph for each of its
 * producers.
 */
export const keyText = (input: KeyInput): readonly string[] =>
  input.flows.flatMap((flow) => [...flowText(input, flow), '']);

const flowText = (input: KeyInput, flow: number): readonly string[] => {
  const { trace, width, emphasis } = input;
  const lane = lanesOf(trace, new Set([flow]));
  const late = moved(lane);
  const shards = [
    ...new Set(
      lane.flatMap(({ places }) => places.map((place) => trace.names.shards[trace.places.shard[place] ?? none] ?? '')),
    ),
  ];
  const part = trace.keyHash[trace.flows.key[flow] ?? none] ?? 0;
  const [stored, read] = [
    lane.filter(({ places }) => places.length > 0).length,
    lane.filter(({ deliveries }) => deliveries.length > 0).length,
  ];
  const again = lane.filter(({ attempts }) => attempts.length > 1).length;
  const copies = lane.filter(({ places }) => places.length > 1).length;
  const words = [
    `${countOf(lane.length, 'record')}, ${stored} stored, ${read} read`,
    ...(again > 0 ? [`${again} sent again`] : []),
    ...(copies > 0 ? [`${copies} at several places`] : []),
    late.length === 0 ? 'stored in the order of their numbers' : `${late.length} out of order`,
    shards.length === 0 ? 'in no shard' : `in ${listOf(shards.map(shardName))}`,
    `MD5 at ${(part * 100).toFixed(1)} % of the hash keys`,
  ];
  const name = visibleIn(flowName(trace, flow));
  const head = wrap(`${name}: ${words.join('; ')}`, width, 2).map((line, index) =>
    index === 0 ? line.replace(name, emphasis.bold(name)) : line,
  );
  return lane.length === 0 ? head : [...head, '', ...drawing(input, lane, late)];
};

/**
 * A picture of the first record that is out of order, with the one that overtook it. If the order is kept: of the
 * first record with a copy, or of the first one.
 */
const drawing = (
  { trace, roles, width, emphasis }: KeyInput,
  lane: readonly LaneRecord[],
  late: readonly number[],
): readonly string[] => {
  const [
    first = Math.max(
      0,
      lane.findIndex(({ places }) => places.length > 1),
    ),
  ] = late;
  const place = lane[first]?.places[0] ?? none;
  const other = [...lane.keys()].find(
    (index) => late.length > 0 && index > first && (lane[index]?.places[0] ?? Number.POSITIVE_INFINITY) < place,
  );
  for (const columns of [14, 12, 10, 8, 6]) {
    const named = other === undefined ? [first] : [first, other];
    const choice = choose(lane, named, columns);
    const picked = [...choice.kept, ...choice.folded].sort((a, b) => a - b);
    const picture = visibleIn(
      recordPicture({
        trace,
        records: picked.map((index) => boundedRecord(trace, lane[index] as LaneRecord, new Set())),
        folded: new Set(choice.folded.map((index) => picked.indexOf(index))),
        roles: new Map<number, Role>(named.map((index, at) => [picked.indexOf(index), at === 0 ? 'late' : 'other'])),
        readers: [...trace.names.readers.keys()].slice(0, 4),
        isFinal: (reader) => roles.get(trace.names.readers[reader] ?? '') === 'final',
        hasPuts: trace.calls.t.length > 0,
        kinds: ['sent', 'acknowledged', 'stored', 'delivered'],
        faultOf: () => null,
        witness: new Set(),
        title: '',
        subtitle: '',
        foot: '',
        goesOn: choice.goesOn,
      }),
    );
    if (textWidth(picture) <= width || columns === 6) return recordText(picture, width, emphasis);
  }
  return [];
};

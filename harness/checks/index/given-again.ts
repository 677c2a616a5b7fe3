import { Firsts } from '../../lib/firsts.ts';
import type { Events } from './deliveries.ts';
import type { Checkpoint, Group, Subjects } from './subjects.ts';

export type AgainKind = 'same-chain' | 'copy' | 'checkpointed' | 'resume';

/** A record that an application got, or did, again. */
export type Again<T> = {
  readonly before: T;
  readonly again: T;
  readonly kind: AgainKind;
  /** The last checkpoint of its shard before it came again. */
  readonly checkpoint: Checkpoint | undefined;
};

type Event = {
  readonly item: number;
  readonly position: number;
  readonly shard: number;
  readonly line: number;
  readonly chain?: number;
};

/** Yields each repetition of an item, in the order of lines. Precedence of kinds: contract, rule 16. */
export function* againOf<T extends Event>({ items }: Subjects, group: Group, events: Events<T>): Generator<Again<T>> {
  const firsts = new Firsts();
  /** Of items that came again. */
  const met = new Map<number, T[]>();
  const last = lastCheckpoints(group);
  let index = -1;
  for (const event of events) {
    index += 1;
    if (items.isMarker(event.item) || items.isForeign(event.item)) continue;
    const first = firsts.note(event.item, index);
    if (first < 0) continue;
    const before = met.get(event.item) ?? [events.at(first) as T];
    met.set(event.item, before);
    const checkpoint = last(event.shard, event.line);
    yield { before: before[0] as T, again: event, checkpoint, kind: kindOf(before, event, checkpoint) };
    // Only the place and the chain count, so each pair of them is kept once.
    if (!before.some(({ position, chain }) => position === event.position && chain === event.chain)) before.push(event);
  }
}

const kindOf = (before: readonly Event[], event: Event, checkpoint: Checkpoint | undefined): AgainKind => {
  const here = before.filter(({ position }) => position === event.position);
  if (event.chain !== undefined && here.some(({ chain }) => chain === event.chain)) return 'same-chain';
  if (here.length === 0) return 'copy';
  return checkpoint !== undefined && event.position <= checkpoint.upTo ? 'checkpointed' : 'resume';
};

/** The last checkpoint of a shard before a line, by any worker. To be called in the order of lines. */
const lastCheckpoints = ({ checkpoints }: Group): ((shard: number, line: number) => Checkpoint | undefined) => {
  const last = new Map<number, Checkpoint>();
  let next = 0;
  return (shard, line) => {
    for (let one = checkpoints[next]; one !== undefined && one.line < line; one = checkpoints[next]) {
      last.set(one.shard, one);
      next += 1;
    }
    return last.get(shard);
  };
};

import { capital } from '../../lib/capital.ts';
import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import { type Check, type Found, keptMax, keptOf } from '../check.ts';
import { keyOfRead } from '../index/key-places.ts';
import { aboveOf } from '../index/kinship.ts';
import { subjectsOf } from '../index/subjects.ts';
import { isWorkload, readLine, roleOf, type View } from '../index/view.ts';
import {
  atLine,
  consumerName,
  inOrder,
  placeName,
  placeOf,
  quoted,
  readerName,
  recordName,
  shardName,
} from './phrases.ts';

/**
 * F5: a consumer under test received a record of a key from a child shard before one from a parent. By first
 * delivery, in the order of lines. Contract, 12.
 */
export const childBeforeParent: Check = {
  summary: 'a consumer handles a key in a child shard before it is done with the parent',
  source:
    '"always continue to read data from the parent shards until it is exhausted" (developer guide, after resharding)',
  example: 'the application receives a#5 from the child, then a#4 from the parent',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The consumer reads the children as soon as it sees them (kinesis-consumer#155, FLINK-32218).',
    'A new shard was given to a worker while another one still had the parent.',
    'The list of shards had no parents: bad-parentage stands beside it.',
  ],
  todo: [
    'Read every parent to its end (NextShardIterator null) before a child, both parents after a merge.',
    'Write a checkpoint SHARD_END, and begin children only behind it.',
  ],
  about: ['keys', 'arrival'],
  notApplicable: (view) =>
    [...view.tables.roles.values()].includes('subject') ? undefined : 'no consumer under test (role subject) read',
  unknown: ({ whole }) => fallenWords(whole),
  note: ({ whole }) => crossedWords(whole),
  find: function* ({ whole }: View): Generator<Found> {
    const room = { left: keptMax };
    for (const spans of spansOfReaders(whole)) yield* ofReader(whole, spans, room);
  },
};

type Delivery = { readonly position: number; readonly read: number };
/** The first and the last record of a key that a consumer received from a shard, each place once. */
type Span = { readonly early: Delivery; late: Delivery };

/**
 * The spans of one consumer, by key and then by shard. A consumer covers what it received, so the last record of a
 * parent counts.
 */
type Spans = Map<number, Map<number, Span>>;

function* ofReader(view: View, [reader, spans]: readonly [number, Spans], room: { left: number }): Generator<Found> {
  for (const [key, shards] of spans) {
    if (shards.size < 2) continue;
    const { best } = aboveOf(
      view.lineage,
      (shard) => shards.get(shard)?.late,
      (one, other) => one.read > other.read,
    );
    for (const [child, { early }] of shards) {
      if ((best(child)?.read ?? -1) < early.read) continue;
      const later: Delivery[] = [];
      for (const [parent, { late }] of shards)
        if (early.read < late.read && view.lineage.isAncestor(parent, child)) later.push(late);
      yield* keptOf(room, later, (late) => found(view, reader, key, [early, late]));
    }
  }
}

/** By consumer under test; empty if no shard has a child. */
const spansOfReaders = (view: View): ReadonlyMap<number, Spans> => {
  if (!view.lineage.children.some((children) => children.length > 0)) return new Map();
  /** By place: the last consumer that was found to have received it. */
  const givenTo = new Int32Array(view.positions.count).fill(-1);
  return new Map(
    [...pagesOfConsumers(view)].map(([reader, pages]) => [reader, spansOf(view, { reader, pages, givenTo })]),
  );
};

/** The pages of each consumer under test, in the order of lines. */
const pagesOfConsumers = (view: View): ReadonlyMap<number, readonly number[]> => {
  const pages = new Map<number, number[]>();
  for (const chain of view.tables.chains)
    if (roleOf(view, chain.reader) === 'subject') for (const page of chain.pages) pushTo(pages, chain.reader, page);
  for (const own of pages.values()) own.sort((a, b) => a - b);
  return pages;
};

type Given = { readonly reader: number; readonly pages: readonly number[]; readonly givenTo: Int32Array };

const spansOf = (view: View, given: Given): Spans => {
  const spans: Spans = new Map();
  for (const named of firstDeliveries(view, given)) {
    const key = keyOf(view, named);
    if (key >= 0) note(spans, key, view.positions.shard.at(named.position), named);
  }
  return spans;
};

/** The key of a delivery. Without identity, it is the PartitionKey that came back; -1: unknown. */
const keyOf = (view: View, { record, read }: Named): number => {
  const { records } = view.tables;
  return record < 0 ? keyOfRead(view, read) : records.flowKey.at(records.flow.at(record));
};

/** `record` -1: it has no identity. */
type Named = Delivery & { readonly record: number };

/** What a consumer got, without foreign records: each place once, in the order of lines. */
function* firstDeliveries(view: View, { reader, pages, givenTo }: Given): Generator<Named> {
  const { pageFirst, pageCount, readRecord } = view.tables;
  const { items } = subjectsOf(view);
  for (const page of pages) {
    const first = pageFirst.at(page);
    for (let read = first; read < first + pageCount.at(page); read += 1) {
      const position = view.positions.ofRead[read] ?? -1;
      if (givenTo[position] === reader) continue;
      givenTo[position] = reader;
      // A delivery without identity is the record that is known to be at its place.
      const own = readRecord.at(read);
      const record = own < 0 ? items.recordOf(items.ofRead(read)) : own;
      const isOwn = record < 0 ? !items.isForeign(items.ofRead(read)) : isWorkload(view, record);
      if (isOwn) yield { record, position, read };
    }
  }
}

/**
 * Two records of one flow, from two shards, in the order of delivery. A flow that spans keys crosses a reshard like a
 * key, and so does one whose keys are unknown.
 */
type Pair = readonly [Named, Named];
/** The first such pair of a consumer, and the first in which the larger number was given first. */
type Apart = { readonly reader: number; readonly crossed: Pair; readonly fallen: Pair | undefined };

/**
 * Without a list of shards, lineage is unknown. If the numbers of a key fall from one shard to another, that is no
 * proof, but the claim cannot be said to hold either.
 */
const fallenWords = (view: View): string | undefined => {
  const { reader, fallen } = apartOf(view).find((one) => one.fallen !== undefined) ?? {};
  if (reader === undefined || fallen === undefined) return undefined;
  const [one, other] = fallen.map((named) => givenName(view, named));
  return `${consumerName(view, reader)} was given ${one} before ${other}, and ${unlistedWords(view)}`;
};

const crossedWords = (view: View): string | undefined => {
  const apart = apartOf(view);
  const [first] = apart;
  if (isShardless(view) || first === undefined || apart.some(({ fallen }) => fallen !== undefined)) return undefined;
  const [one, other] = first.crossed.map((named) => givenName(view, named));
  return `${consumerName(view, first.reader)} was given ${one} and ${other}, and no list of shards is recorded, so the order between shards is not judged: ${listWords}`;
};

/** Files without shards count as one each. What the import lacks says so. */
const isShardless = ({ tables: { head } }: View): boolean => head?.import?.lacks.includes('shard') === true;

const unlistedWords = (view: View): string =>
  isShardless(view)
    ? 'the files name no shards, so nobody knows the order between two files: import a dump that names them'
    : `no list of shards is recorded, so nobody knows whether one came of the other: ${listWords}`;

const listWords = 'import … --shards FILE, with the answer of aws kinesis list-shards';

const givenName = (view: View, { record, position, read }: Named): string =>
  `${recordName(view, record)} from ${shardName(view, view.positions.shard.at(position))} (${atLine(readLine(view, read))})`;

/** By consumer; empty if shards are listed. */
const apartOf = oncePer((view: View): readonly Apart[] => readApart(view));

const readApart = (view: View): readonly Apart[] => {
  if (view.tables.snapshots.length > 0) return [];
  const givenTo = new Int32Array(view.positions.count).fill(-1);
  return [...pagesOfConsumers(view)].flatMap(([reader, pages]) => apartFor(view, { reader, pages, givenTo }) ?? []);
};

const apartFor = (view: View, given: Given): Apart | undefined => {
  const { reader } = given;
  const shards = view.tables.chains.filter((chain) => chain.reader === reader).map((chain) => chain.shard);
  if (new Set(shards).size < 2) return undefined;
  const numberOf = ({ record }: Named): number => view.tables.records.n.at(record);
  const shardOf = ({ position }: Named): number => view.positions.shard.at(position);
  const largest = new Map<number, Map<number, Named>>();
  let crossed: Pair | undefined;
  for (const named of firstDeliveries(view, given)) {
    if (named.record < 0 || numberOf(named) < 0) continue;
    const flow = view.tables.records.flow.at(named.record);
    const mine = largest.get(flow) ?? new Map<number, Named>();
    largest.set(flow, mine);
    const others = [...mine.values()].filter((before) => shardOf(before) !== shardOf(named));
    const higher = others.find((before) => numberOf(before) > numberOf(named));
    if (others[0] !== undefined) crossed ??= [others[0], named];
    if (higher !== undefined) return { reader, crossed: crossed ?? [higher, named], fallen: [higher, named] };
    const own = mine.get(shardOf(named));
    if (own === undefined || numberOf(own) < numberOf(named)) mine.set(shardOf(named), named);
  }
  return crossed === undefined ? undefined : { reader, crossed, fallen: undefined };
};

const note = (spans: Spans, key: number, shard: number, delivery: Delivery): void => {
  const shards = spans.get(key) ?? new Map<number, Span>();
  spans.set(key, shards);
  const span = shards.get(shard);
  if (span === undefined) shards.set(shard, { early: delivery, late: delivery });
  else span.late = delivery;
};

const found = (view: View, reader: number, key: number, [early, late]: readonly [Delivery, Delivery]): Found => ({
  kind: null,
  blame: roleOf(view, reader) === 'subject' ? 'consumer' : 'service-read',
  key,
  records: [early, late].map(({ read }) => view.tables.readRecord.at(read)).filter((record) => record >= 0),
  shards: [view.positions.shard.at(late.position), view.positions.shard.at(early.position)],
  tell: () => ({
    sentence: `${capital(consumerName(view, reader))} received key ${quoted(view.tables.records.keys.name(key))} at ${placeName(view, early.position)} (${atLine(readLine(view, early.read))}); however ${placeName(view, late.position)}, of a shard that this one descends from, came later (${atLine(readLine(view, late.read))}).`,
    evidence: {
      reader: readerName(view, reader),
      child: placeOf(view, early.position),
      parent: placeOf(view, late.position),
    },
    witness: inOrder([readLine(view, early.read), readLine(view, late.read)]),
  }),
});

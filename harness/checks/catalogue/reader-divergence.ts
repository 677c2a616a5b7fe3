import { pushTo } from '../../lib/push-to.ts';
import type { Check, Found } from '../check.ts';
import { isFiltering } from '../index/filtering.ts';
import { deliveryColumns } from '../index/pages.ts';
import { isOfRun, isOwedBy, isRetainedThroughout } from '../index/presence.ts';
import type { Chain } from '../index/tables.ts';
import { chainOfRead, readsAt, type View } from '../index/view.ts';
import { aboutReading } from './about.ts';
import { inOrder, lineOfRead, placeName, placeOf, readerName } from './phrases.ts';

/**
 * B6: two passes over one stretch of a shard do not deliver the same sequence: passes of one reader differ, or two
 * passes got different records at one place. A record that a reader never got at all is `lost-in-view`.
 */
export const readerDivergence: Check = {
  summary: 'two reads of the same range of a shard deliver different sequences',
  source:
    '"After you write a record to a stream, you cannot modify that record or its order within the stream" (SDK, PutRecord)',
  example: 'one read delivers a, b, c; another one of the same range a, c',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'Two readers of one shard were served from two states of it.',
    'Records expired, or were trimmed, between the two passes.',
  ],
  todo: [
    'Read the stretch a third time, after the load has ended.',
    'Report it with the place: a stored order does not change.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    yield* differingRecords(view);
    yield* differingPasses(view);
  },
};

/** A place at which one pass was given something that another one was not. */
function* differingRecords(view: View): Generator<Found> {
  for (const position of view.odd.places) {
    const [one, other] = differingAt(view, position) ?? [];
    if (one === undefined || other === undefined) continue;
    yield found(view, position, [readerOf(view, one), readerOf(view, other)], 'different records');
  }
}

/** Few need to be kept: where two differ, any other one differs from one of them. */
const passesKept = 3;
const readsKept = 16;

const differingAt = (view: View, position: number): readonly [number, number] | undefined => {
  const kept: (readonly number[])[] = [];
  for (const pass of givenAt(view, position)) {
    for (const before of kept) {
      const pair = differingPair(view, before, pass);
      if (pair !== undefined) return pair;
    }
    if (kept.length < passesKept) kept.push(pass);
  }
  return undefined;
};

/** What each pass was given at a place: of several reads of the same, the first. */
const givenAt = (view: View, position: number): Iterable<readonly number[]> => {
  const passes = new Map<number, number[]>();
  for (const read of readsAt(view, position)) {
    const pass = passes.get(chainOfRead(view, read)) ?? [];
    if (pass.length < readsKept && pass.every((before) => isOther(view, before, read))) pass.push(read);
    passes.set(chainOfRead(view, read), pass);
  }
  return passes.values();
};

/** Two passes that were given the same two records at one place do not differ. */
const differingPair = (
  view: View,
  one: readonly number[],
  other: readonly number[],
): readonly [number, number] | undefined => {
  const [added, missed] = [onlyIn(view, other, one), onlyIn(view, one, other)];
  if (added !== undefined) return [one[0] ?? added, added];
  return missed === undefined ? undefined : [missed, other[0] ?? missed];
};

const onlyIn = (view: View, pass: readonly number[], other: readonly number[]): number | undefined =>
  pass.find((read) => other.every((its) => isOther(view, its, read)));

const isOther = (view: View, one: number, other: number): boolean =>
  view.tables.readRecord.at(one) !== view.tables.readRecord.at(other) ||
  differs(digestOf(view, one), digestOf(view, other));
const digestOf = ({ tables }: View, read: number): string | undefined => tables.digests.text(tables.digestOfRead(read));
const differs = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b;
const readerOf = (view: View, read: number): number => view.tables.chains[chainOfRead(view, read)]?.reader ?? -1;

/**
 * A reader passed twice over a place, and received its record only once: between two records that both passes
 * delivered. What is missing at a start or an end is explained by the iterator or the end of the shard. A foreign
 * record, or one that was no longer retained, is owed to no pass.
 */
function* differingPasses(view: View): Generator<Found> {
  const groups = new Map<string, Chain[]>();
  for (const chain of view.tables.chains) pushTo(groups, `${chain.reader} ${chain.shard}`, chain);
  for (const chains of groups.values()) {
    const [{ reader } = { reader: -1 }] = chains;
    if (chains.length < 2 || isFiltering(view.tables, reader)) continue;
    for (const passes of overlapping(chains.map((chain) => spanOf(view, chain)).filter(({ high }) => high >= 0))) {
      const given = passes.map((span) => ({ ...span, places: new Set(deliveryColumns(view, span.chain).positions) }));
      for (const position of differingIn(given))
        if (isOwedByAny(view, position, given)) yield found(view, position, [reader, reader], 'a record and none');
    }
  }
}

type Span = { readonly chain: Chain; readonly low: number; readonly high: number };
type Pass = Span & { readonly places: ReadonlySet<number> };

const spanOf = (view: View, chain: Chain): Span => {
  let [low, high] = [Number.POSITIVE_INFINITY, -1];
  for (const place of deliveryColumns(view, chain).positions) {
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return { chain, low, high };
};

/** Groups of passes that overlap. A reader that goes on where it stopped has none, and costs nothing more. */
function* overlapping(spans: readonly Span[]): Generator<readonly Span[]> {
  let together: Span[] = [];
  let farthest = -1;
  for (const span of [...spans].sort((a, b) => a.low - b.low)) {
    if (span.low >= farthest) {
      if (together.length > 1) yield together;
      together = [];
    }
    together.push(span);
    farthest = Math.max(farthest, span.high);
  }
  if (together.length > 1) yield together;
}

function* differingIn(passes: readonly Pass[]): Generator<number> {
  const delivered = new Map<number, number>();
  for (const { places } of passes) for (const place of places) delivered.set(place, (delivered.get(place) ?? 0) + 1);
  const begins = passes.map(({ low }) => low).sort((a, b) => a - b);
  const ends = passes.map(({ high }) => high).sort((a, b) => a - b);
  let [begun, ended] = [0, 0];
  for (const position of [...delivered.keys()].sort((a, b) => a - b)) {
    while (begun < begins.length && (begins[begun] ?? 0) <= position) begun += 1;
    while (ended < ends.length && (ends[ended] ?? 0) < position) ended += 1;
    if (begun - ended > (delivered.get(position) ?? 0)) yield position;
  }
}

const isOwedByAny = (view: View, position: number, passes: readonly Pass[]): boolean =>
  isRetainedThroughout(view, position)
    ? isOfRun(view, position)
    : passes.some(
        ({ chain, places, low, high }) =>
          low < position && position < high && !places.has(position) && isOwedBy(view, position, chain),
      );

const found = (view: View, position: number, [one, other]: readonly [number, number], what: string): Found => ({
  ...aboutReading(view, other, position),
  tell: () => ({
    sentence: `Two passes over ${placeName(view, position)} (${one === other ? `both of ${readerName(view, one)}` : `${readerName(view, one)} and ${readerName(view, other)}`}) were given ${what} there.`,
    evidence: { readers: [readerName(view, one), readerName(view, other)], ...placeOf(view, position), what },
    witness: inOrder([...lineOfRead(view, position, one), ...lineOfRead(view, position, other)]),
  }),
});

import type { Check, Found } from '../check.ts';
import { clockSkewOf, isTimeless, unknownWithoutClock } from '../index/clocks.ts';
import { isFiltering } from '../index/filtering.ts';
import { firstAckFrom } from '../index/first-acks.ts';
import { deliveryColumns } from '../index/pages.ts';
import { firstAckT, isReadElsewhere, isRetainedAt } from '../index/presence.ts';
import { settleOf } from '../index/settle-of.ts';
import { startOf } from '../index/start-of.ts';
import { Stretches } from '../index/stretches.ts';
import type { Chain } from '../index/tables.ts';
import { knownAt, type View } from '../index/view.ts';
import { aboutReading } from './about.ts';
import { atLine, inOrder, linesOfAck, millisecondWords, placeName, placeOf, readerName } from './phrases.ts';

/**
 * B7: a page said MillisBehindLatest 0, though a record was ahead that had been acknowledged for longer than the
 * settle time, and that the same chain had not delivered: whether it does so later or never. One finding for each
 * chain and record. Contract, 20.
 */
export const bookmarkBroken: Check = {
  summary: 'MillisBehindLatest is 0 although an older record lies ahead of the reader',
  source:
    '"MillisBehindLatest … a value of zero indicates that record processing is caught up" (SDK, GetRecordsOutput); reads are eventually consistent',
  example: 'acknowledged at 1 s; at 9 s a page says behind 0; at 10 s the record comes, or it never does',
  expect: 'allow',
  streaming: 'settled',
  causes: [
    'Reads are eventually consistent: a record became visible later.',
    'The engine answers 0 for an empty page.',
  ],
  todo: [
    'Do not take a single MillisBehindLatest of 0 as the end of a shard.',
    'Wait for a known last record instead, as the sentinel of this tool does.',
  ],
  about: ['reading'],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  unknown: (view) => unknownWithoutClock(view),
  find: function* (view: View): Generator<Found> {
    if (isTimeless(view)) return;
    for (const [id, chain] of view.tables.chains.entries()) {
      if (chain.pages.some((page) => view.tables.pageBehind.at(page) === 0))
        for (const broken of new Walk(view, chain).run()) yield found(view, id, broken);
    }
  },
};

type Broken = {
  readonly position: number;
  /** The page with MillisBehindLatest 0. */
  readonly page: number;
  /** The page that delivered the record; -1: none of the chain did. */
  readonly late: number;
};

/** The pages of a chain with MillisBehindLatest 0. */
class CaughtUp {
  readonly #view: View;
  readonly #first: number;
  readonly #size: number;
  /**
   * By place: when the last such page was requested while the place was ahead. Kept only for a chain that goes back:
   * it may have been behind a place already when such a page came.
   */
  readonly #stretches: Stretches | undefined;
  readonly #pages = new Map<number, number>();
  /** When the last such page was requested. */
  latest = Number.NEGATIVE_INFINITY;

  constructor(view: View, shard: number, isAscending: boolean) {
    this.#view = view;
    this.#first = view.positions.first.at(shard);
    this.#size = view.positions.size.at(shard);
    this.#stretches = isAscending ? undefined : new Stretches(this.#size + 1);
  }

  /** `cursor`: the last place that the chain delivered; -1: none yet. */
  note(page: number, cursor: number): void {
    const asked = this.#view.tables.pageT0.at(page);
    this.#pages.set(asked, page);
    this.latest = Math.max(this.latest, asked);
    this.#stretches?.cover(cursor < 0 ? 0 : cursor + 1 - this.#first, this.#size, asked);
  }

  /** The last such page that came while the place was ahead, if it was requested after `t`; -1: none. */
  pageBefore(place: number, t: number): number {
    const asked = this.#stretches === undefined ? this.latest : this.#stretches.over(place - this.#first);
    return t < asked ? (this.#pages.get(asked) ?? -1) : -1;
  }
}

/** Goes through a shard with one chain. */
class Walk {
  readonly #view: View;
  readonly #chain: Chain;
  readonly #settle: number;
  readonly #positions: Int32Array;
  readonly #pages: Int32Array;
  readonly #isAscending: boolean;
  readonly #caughtUp: CaughtUp;
  readonly #broken = new Map<number, Broken>();
  #given: ReadonlyMap<number, number> | undefined;

  constructor(view: View, chain: Chain) {
    this.#view = view;
    this.#chain = chain;
    this.#settle = settleOf(view.tables.head) + clockSkewOf(view.tables.head);
    const { positions, pages } = deliveryColumns(view, chain);
    this.#positions = positions;
    this.#pages = pages;
    this.#isAscending = positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? -1));
    this.#caughtUp = new CaughtUp(view, chain.shard, this.#isAscending);
  }

  run(): Iterable<Broken> {
    const { first, size } = this.#view.positions;
    let index = 0;
    for (const page of this.#chain.pages) {
      for (; this.#pages[index] === page; index += 1) this.#deliver(index, page);
      if (this.#view.tables.pageBehind.at(page) === 0) this.#caughtUp.note(page, this.#positions[index - 1] ?? -1);
    }
    this.#lookAhead(index, first.at(this.#chain.shard) + size.at(this.#chain.shard));
    return this.#broken.values();
  }

  #deliver(index: number, page: number): void {
    if (this.#caughtUp.latest === Number.NEGATIVE_INFINITY) return;
    const position = this.#positions[index] ?? -1;
    this.#lookAhead(index, position);
    if (!this.#isGivenBefore(position, index)) this.#look(position, page);
  }

  /** Looks at the places ahead of all that was delivered before `index`, up to `end`. */
  #lookAhead(index: number, end: number): void {
    if (isFiltering(this.#view.tables, this.#chain.reader)) return;
    const before = this.#positions[index - 1];
    const start = before === undefined ? startOf(this.#view, this.#chain) : { from: before + 1 };
    if (start === undefined) return;
    for (let position = start.from; position < end; position += 1) {
      if (firstAckFrom(this.#view, position) + this.#settle >= this.#caughtUp.latest) return;
      if (start.owes?.(position) === false || this.#isGivenBefore(position, index)) continue;
      if (!isReadElsewhere(this.#view, position)) this.#look(position, -1);
    }
  }

  #isGivenBefore(position: number, index: number): boolean {
    return !this.#isAscending && this.#firstIndexOf(position, index) < index;
  }

  #firstIndexOf(position: number, none: number): number {
    this.#given ??= firstIndices(this.#positions);
    return this.#given.get(position) ?? none;
  }

  /** `given`: the page that delivers it; -1: none did so far. */
  #look(position: number, given: number): void {
    const { pageT0 } = this.#view.tables;
    const page = this.#caughtUp.pageBefore(position, firstAckT(this.#view, position) + this.#settle);
    if (page < 0 || this.#broken.has(position)) return;
    if (given < 0 && !isRetainedAt(this.#view, knownAt(this.#view, position), pageT0.at(page))) return;
    // A chain that goes back may deliver later what it skipped.
    const late = given < 0 && !this.#isAscending ? (this.#pages[this.#firstIndexOf(position, -1)] ?? -1) : given;
    this.#broken.set(position, { position, page, late });
  }
}

const firstIndices = (positions: Int32Array): ReadonlyMap<number, number> => {
  const first = new Map<number, number>();
  positions.forEach((position, index) => {
    if (!first.has(position)) first.set(position, index);
  });
  return first;
};

const found = (view: View, id: number, { position, page, late }: Broken): Found => {
  const { reader = -1 } = view.tables.chains[id] ?? {};
  return {
    ...aboutReading(view, reader, position),
    chain: id,
    page: late < 0 ? page : late,
    tell: () => {
      const { pageLine, pageT0 } = view.tables;
      const since = (pageT0.at(page) - firstAckT(view, position)) / 1000;
      const then = late < 0 ? 'was never delivered by this iterator' : `was delivered on ${atLine(pageLine.at(late))}`;
      return {
        sentence: `Reader ${readerName(view, reader)} was told on ${atLine(pageLine.at(page))} that it had caught up; however ${placeName(view, position)}, acknowledged ${millisecondWords(since)} before that page was asked, lay ahead and ${then}.`,
        evidence: {
          reader: readerName(view, reader),
          ...placeOf(view, position),
          acknowledgedMsBefore: Math.round(since),
        },
        witness: inOrder([...linesOfAck(view, position), pageLine.at(page), late < 0 ? 0 : pageLine.at(late)]),
      };
    },
  };
};

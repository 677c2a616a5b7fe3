import { countBelow } from '../../lib/count-below.ts';
import type { Check, Found } from '../check.ts';
import { readerCoverage } from '../index/coverage.ts';
import { missingFrom } from '../index/finality.ts';
import { isOfRun, isRetainedAt, isRetainedThroughout } from '../index/presence.ts';
import type { Segment } from '../index/segment.ts';
import { startOf } from '../index/start-of.ts';
import type { Chain } from '../index/tables.ts';
import { knownAt, readerOfRead, readsAt, type View } from '../index/view.ts';
import { aboutReading } from './about.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName } from './phrases.ts';

/** C6: one reader received it; another, whose coverage includes its place, never did. */
export const lostInView: Check = {
  summary: 'one reader never received a record that another one read',
  source:
    '"records … through a GetRecords call are strictly ordered by sequence number" (developer guide): a reader that is past a place has been given the record there',
  example: 'the final reader delivers 1, 2, 3; the live one delivers 1, 3',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'A live reader was ahead of a record that became visible late.',
    'The reader filters, or drops what it cannot decode.',
    'An aggregate with a record outside the range of its shard was dropped whole by a consumer library (amazon-kinesis-client#343).',
  ],
  todo: [
    'Look for an error page or a restart of that reader near the place.',
    'Compare the two readers by their lines in the witness.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    const others = new Others(view);
    for (const coverage of readerCoverage(view.segments)) {
      const { reader, chains } = coverage;
      const passed = new Passed(view, coverage);
      for (const position of missingFrom(view, coverage)) {
        const other = others.than(reader, position);
        if (other < 0 || !isOwedBy(view, passed, position)) continue;
        yield found(view, { position, reader, other, ...chainAround(view, chains, position) });
      }
    }
  },
};

/**
 * True if the record is of this run, and was retained when the reader first got anything behind it, or the end of the
 * shard.
 */
const isOwedBy = (view: View, passed: Passed, position: number): boolean =>
  isOfRun(view, position) &&
  (isRetainedThroughout(view, position) || isRetainedAt(view, knownAt(view, position), passed.at(position)));

/** When a reader went past a place. Computed for all places when the first one is asked for. */
class Passed {
  readonly #view: View;
  readonly #coverage: Segment;
  #from: Float64Array | undefined;

  constructor(view: View, coverage: Segment) {
    this.#view = view;
    this.#coverage = coverage;
  }

  at(position: number): number {
    this.#from ??= this.#lay();
    return this.#from[countBelow(this.#coverage.delivered, position)] ?? Number.POSITIVE_INFINITY;
  }

  /** By delivered place: the earliest request of a page that delivered it or a later one, or that reported the end. */
  #lay(): Float64Array {
    const { tables } = this.#view;
    const { delivered, endPage, reader } = this.#coverage;
    const from = new Float64Array(delivered.length + 1);
    let asked = endPage < 0 ? Number.POSITIVE_INFINITY : tables.pageT0.at(endPage);
    from[delivered.length] = asked;
    for (let index = delivered.length - 1; index >= 0; index -= 1) {
      for (const read of readsAt(this.#view, delivered[index] ?? -1)) {
        if (readerOfRead(this.#view, read) === reader)
          asked = Math.min(asked, tables.pageT0.at(tables.readPage.at(read)));
      }
      from[index] = asked;
    }
    return from;
  }
}

/**
 * Finds another reader of a place. Two readers of a place are kept, so that a place that many read is looked at once.
 * Readers of one group are one application: if one of them got a record, none of them misses it. Contract, `group`.
 */
class Others {
  readonly #view: View;
  readonly #two = new Map<number, readonly [number, number]>();

  constructor(view: View) {
    this.#view = view;
  }

  /** Another reader of the place; -1: there is none, or the reader's own application got the record. */
  than(reader: number, position: number): number {
    if (this.#isGivenToMate(reader, position)) return -1;
    const two = this.#two.get(position) ?? this.#look(position);
    this.#two.set(position, two);
    return two[0] === reader ? two[1] : two[0];
  }

  #isGivenToMate(reader: number, position: number): boolean {
    const { readerSays } = this.#view.tables;
    const group = readerSays.get(reader)?.group;
    if (group === undefined) return false;
    for (const read of readsAt(this.#view, position))
      if (readerSays.get(readerOfRead(this.#view, read))?.group === group) return true;
    return false;
  }

  #look(position: number): readonly [number, number] {
    let one = -1;
    for (const read of readsAt(this.#view, position)) {
      const reader = readerOfRead(this.#view, read);
      if (one < 0) one = reader;
      else if (reader !== one) return [one, reader];
    }
    return [one, -1];
  }
}

/**
 * The chain that should have delivered a place: the last that began at or below it; else the last that began above it
 * and should have begun with it; else the first. A missing start is then explained by how that iterator began.
 */
const chainAround = (view: View, chains: readonly number[], position: number): Pick<Miss, 'chain' | 'isAtStart'> => {
  let around = { chain: chains[0] ?? -1, isAtStart: true };
  for (const id of chains) {
    const chain = view.tables.chains[id];
    const page = chain?.pages.find((candidate) => view.tables.pageCount.at(candidate) > 0);
    if (chain === undefined || page === undefined) continue;
    const first = view.positions.ofRead[view.tables.pageFirst.at(page)] ?? -1;
    if (first <= position) around = { chain: id, isAtStart: false };
    else if (around.isAtStart && owesFirst(view, chain, position)) around = { chain: id, isAtStart: true };
  }
  return around;
};

/** True if the chain's iterator was to begin at the place, or before it. */
const owesFirst = (view: View, chain: Chain, position: number): boolean => {
  const start = startOf(view, chain);
  return start !== undefined && start.from <= position && start.owes?.(position) !== false;
};

type Miss = {
  readonly position: number;
  readonly reader: number;
  readonly other: number;
  readonly chain: number;
  readonly isAtStart: boolean;
};

const found = (view: View, { position, reader, other, chain, isAtStart }: Miss): Found => ({
  ...aboutReading(view, reader, position),
  chain,
  isAtStart,
  tell: () => ({
    sentence: `Reader ${readerName(view, other)} received ${placeName(view, position)}; however reader ${readerName(view, reader)}, which went through that place, never did.`,
    evidence: { reader: readerName(view, reader), other: readerName(view, other), ...placeOf(view, position) },
    witness: inOrder([
      ...linesOfAck(view, position),
      ...lineOfRead(view, position, other),
      ...around(view, position, reader),
    ]),
  }),
});

/** Lines of the pages right before and right behind the place, of the reader that missed it. */
const around = (view: View, position: number, reader: number): readonly number[] => {
  const shard = view.positions.shard.at(position);
  const first = view.positions.first.at(shard);
  const last = first + view.positions.size.at(shard);
  const lines: number[] = [];
  for (let below = position - 1; below >= first && lines.length === 0; below -= 1)
    lines.push(...lineOfRead(view, below, reader));
  const found = lines.length;
  for (let above = position + 1; above < last && lines.length === found; above += 1)
    lines.push(...lineOfRead(view, above, reader));
  return lines;
};

import { HarnessError } from '../lib/error.ts';
import type { ShardInfo } from '../model/event.ts';
import type { EventFact, Fact, ReportFact } from './fact.ts';
import type { Format, FormatInput } from './format.ts';
import { type KclWord, kclChildren, kclWord } from './kcl-words.ts';
import { readTime } from './read-time.ts';
import { isZoneless } from './read-zone.ts';
import { linesOf } from './text-lines.ts';

/**
 * Leases and checkpoints from a log of the Kinesis Client Library, imported together with what was delivered to the
 * consumer.
 */
export const kclLog: Format = {
  summary:
    'the log of a KCL application: leases and checkpoints (level DEBUG), together with a dump: --with kcl-log:FILE',
  flags: ['prefix'],
  isBeside: true,
  recognise: (start) => {
    const lines = start.slice(0, 1024 * 1024).split('\n');
    return lines.some((line) => kclWord(line) !== undefined) ? { sure: 0.9, flags: [] } : undefined;
  },
  open: (input) => {
    assertTimed(input);
    const isWithout = input.zone === undefined && isZoneless(time.exec(firstWord(input.source.start))?.[0]);
    return { facts: facts(input), lacks: [], isZoneless: isWithout };
  },
};

/** A time in ISO 8601, also with a space or a decimal comma, anywhere in the line. */
const time = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?/;

const timeOf = (line: string, { prefix, zone }: Pick<FormatInput, 'prefix' | 'zone'>): number | undefined =>
  readTime(prefix?.exec(line)?.groups?.['time'] ?? time.exec(line)?.[0], zone);

const firstWord = (start: string): string => start.split('\n').find((line) => kclWord(line) !== undefined) ?? '';

/** The log is merged with the deliveries by time, so it needs times. */
const assertTimed = (input: FormatInput): void => {
  const { source } = input;
  const lines = source.start.split('\n').filter((line) => kclWord(line) !== undefined);
  if (lines.every((line) => timeOf(line, input) !== undefined)) return;
  throw new HarnessError('usage', `${source.name}: its lines have no time with a date`, {
    hint: "name the time with --prefix '(?<time>…)'; without times, checkpoints cannot be merged with deliveries",
  });
};

async function* facts(input: FormatInput): AsyncGenerator<readonly Fact[]> {
  const { source, tally } = input;
  const held = new Held(soleWorker(source.start));
  for await (const { lines } of linesOf(source.pieces)) {
    for (const line of lines) {
      if (line.trim() === '') continue;
      tally.tried += 1;
      const word = kclWord(line);
      if (word === undefined) tally.other += 1;
      else held.take(word, timeOf(line, input));
      const children = kclChildren(line);
      if (children.length > 0) held.name(children, timeOf(line, input));
    }
    const ready = held.ready();
    tally.said += ready.length;
    yield ready;
  }
  const rest = held.rest();
  tally.said += rest.length;
  yield rest;
}

/** In the log of one process, all lines belong to this worker. */
const soleWorker = (start: string): string | undefined => {
  const names = new Set(
    [...start.matchAll(/\bWorker (\S+) (?:successfully took|saw|lost lease|needed)/g)].map(([, name]) => name),
  );
  return names.size === 1 ? [...names][0] : undefined;
};

type Entry = { readonly fact: ReportFact | EventFact; isOpen: boolean };

/**
 * KCL logs a checkpoint before writing it, and a later line says if the lease table refused it. So a checkpoint is held
 * back until the next line about its shard, or the end of the file.
 */
class Held {
  readonly #worker: string | undefined;
  readonly #last = new Map<string, ReportFact>();
  readonly #open = new Map<string, Entry>();
  readonly #named = new Set<string>();
  #entries: Entry[] = [];

  constructor(worker: string | undefined) {
    this.#worker = worker;
  }

  take(word: KclWord, time: number | undefined): void {
    const before = this.#open.get(word.shard);
    this.#open.delete(word.shard);
    if (word.event === 'withdrawn') {
      this.#entries = this.#entries.filter((entry) => entry !== before);
      return;
    }
    if (before !== undefined) before.isOpen = false;
    const fact: ReportFact = { kind: 'report', worker: this.#worker, to: undefined, ...word, time };
    if (isSame(fact, this.#last.get(word.shard))) return;
    this.#last.set(word.shard, fact);
    const entry = { fact, isOpen: fact.event === 'checkpoint' };
    this.#entries.push(entry);
    if (entry.isOpen) this.#open.set(word.shard, entry);
  }

  /** Takes the children of a shard, which KCL logs at the shard's end, once per child. */
  name(children: readonly ShardInfo[], time: number | undefined): void {
    const shards = children.filter(({ shard }) => !this.#named.has(shard));
    for (const { shard } of shards) this.#named.add(shard);
    if (shards.length === 0) return;
    const event = { type: 'topology', status: 'PARTIAL', shards } as const;
    this.#entries.push({ fact: { kind: 'event', time: time ?? 0, event }, isOpen: false });
  }

  /** Facts in the order of their lines, up to the first checkpoint that is held back. */
  ready(): readonly (ReportFact | EventFact)[] {
    const first = this.#entries.length > heldMax ? -1 : this.#entries.findIndex(({ isOpen }) => isOpen);
    return this.#leave(first < 0 ? this.#entries.length : first);
  }

  rest(): readonly (ReportFact | EventFact)[] {
    return this.#leave(this.#entries.length);
  }

  #leave(count: number): readonly (ReportFact | EventFact)[] {
    return this.#entries.splice(0, count).map(({ fact }) => fact);
  }
}

const heldMax = 100_000;

/** Two classes of KCL log the same event. */
const isSame = (a: ReportFact, b: ReportFact | undefined): boolean =>
  b !== undefined && a.event === b.event && a.at === b.at && a.seq === b.seq && a.sub === b.sub;

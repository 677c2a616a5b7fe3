import { HarnessError } from '../lib/error.ts';
import { OwnLines } from '../model/own-lines.ts';
import { SubjectBook } from '../tap/subject-book.ts';
import { type SubjectLine, subjectLineOf } from '../tap/subject-line.ts';
import { SubjectRecorder } from '../tap/subject-recorder.ts';
import type { Fact, SubjectFact } from './fact.ts';
import { fields } from './fields.ts';
import type { FormatInput, Opened, Recognised } from './format.ts';
import { jsonRows } from './json-rows.ts';
import type { Before } from './json-values.ts';
import { identityIn } from './payload-facts.ts';
import { guessIdentity, identityLike } from './payload-identity.ts';
import { readTime } from './read-time.ts';
import { type SampleValue, sampleValues } from './sample-values.ts';
import { linesOf } from './text-lines.ts';

/**
 * True if the file is a log of subject lines (docs/is-my-consumer-in-order.md): deliveries, done records and
 * checkpoints of a consumer under test.
 */
export const areConsumerLines = ({ source, mapping, prefix, isPut }: FormatInput): boolean =>
  !isPut && Object.keys(mapping).length === 0 && sampledLines(source.start, prefix).some(isDelivery);

export const recogniseLines = (start: string): Recognised | undefined => {
  const lines = sampledLines(start, undefined);
  if (!lines.some(isDelivery)) return undefined;
  const spec = guessed(lines)?.spec;
  return { sure: 0.97, flags: spec === undefined ? [] : ['--id', spec] };
};

export const openConsumerLines = (input: FormatInput): Opened => {
  const lines = sampledLines(input.source.start, input.prefix);
  const like = identityLike(input.example?.identity, lines.flatMap(payloadsIn));
  const guess = input.identify === undefined ? (like ?? guessed(lines)) : undefined;
  const identify = input.identify ?? guess?.identify;
  const isCounted = identify !== undefined || lines.some(isNumbered);
  const isTimed = lines.every((sample) => timeOf(sample.value, sample.before, input.zone) !== undefined);
  return {
    facts: facts({ ...input, identify }, isTimed),
    lacks: [...(isTimed ? [] : (['time'] as const)), ...(isCounted ? [] : (['counter'] as const))],
    ...(guess === undefined ? {} : { identity: guess.spec }),
  };
};

type Sample = SampleValue & { readonly line: SubjectLine };

/** The subject lines in the beginning of a file. Most files have none, so the text is searched before it is parsed. */
const sampledLines = (start: string, prefix: RegExp | undefined): readonly Sample[] =>
  !start.includes('deliver')
    ? []
    : sampleValues(start, prefix, (value) => typeof lineIn(value) === 'object').map((sample) => ({
        ...sample,
        line: lineIn(sample.value) as SubjectLine,
      }));

const lineIn = (value: unknown): ReturnType<typeof subjectLineOf> =>
  typeof value === 'object' && value !== null ? subjectLineOf(value as Readonly<Record<string, unknown>>) : undefined;

const recordsIn = ({ line }: Sample) => (line.type === 'deliver' ? line.records : []);
const payloadsIn = (sample: Sample) => recordsIn(sample).flatMap(({ data }) => (data === undefined ? [] : [data]));
const isDelivery = (sample: Sample): boolean => recordsIn(sample).length > 0;
const isNumbered = (sample: Sample): boolean => recordsIn(sample).some(({ n }) => n !== undefined);

const guessed = (lines: readonly Sample[]): ReturnType<typeof guessIdentity> =>
  guessIdentity(
    lines.flatMap(payloadsIn),
    true,
    lines.flatMap((sample) => recordsIn(sample).flatMap(({ data, key }) => (data === undefined ? [] : [key]))),
  );

/** The time in the line, otherwise the one that a logger put before it. */
const timeOf = (value: unknown, before: Before | undefined, zone: string | undefined): number | undefined => {
  const names: readonly string[] = fields.time.names;
  const own = Object.entries(value as object).find(([name]) => names.includes(name.toLowerCase().replace('@', '')));
  return readTime(own?.[1], zone) ?? readTime(before?.['time'], zone);
};

async function* facts(input: FormatInput, isTimed: boolean): AsyncGenerator<readonly Fact[]> {
  const { source, prefix, tally } = input;
  const told = new SubjectLines(input, isTimed);
  const rows = jsonRows({ prefix, tally, onValue: (value, line, before) => told.hear(value, line, before) });
  for await (const lines of linesOf(source.pieces)) {
    rows.take(lines);
    yield told.taken();
  }
  rows.finish();
  yield told.taken();
  if (tally.taken > 0) return;
  throw new HarnessError('usage', `${source.name}: no "deliver" line with records in ${tally.tried} lines`, {
    hint: 'docs/is-my-consumer-in-order.md shows the lines; rows of another shape need --map',
  });
}

/** Turns the lines into events with the same code as in a run. */
class SubjectLines {
  readonly #input: FormatInput;
  readonly #isTimed: boolean;
  readonly #recorder: SubjectRecorder;
  #facts: SubjectFact[] = [];
  #chains = 0;
  #time = 0;
  #line = 0;

  constructor(input: FormatInput, isTimed: boolean) {
    this.#input = input;
    this.#isTimed = isTimed;
    const book = new SubjectBook({
      reader: input.tally.name,
      now: () => this.#time,
      nextChain: () => ++this.#chains,
      write: (event) => {
        const time = isTimed ? this.#time : undefined;
        // The `reader` line is written once for all files.
        if (event.type === 'page' || event.type === 'subject')
          this.#facts.push({ kind: 'subject', time, file: input.tally.name, event: this.#withLine(event) });
        return this.#time;
      },
    });
    this.#recorder = new SubjectRecorder({
      book,
      isDump: true,
      workerOf: (worker) => worker,
      identify: (record) => identityIn(record, input.identify, input.tally, this.#line),
    });
  }

  hear(value: unknown, line: number, before: Before | undefined): void {
    const { tally } = this.#input;
    const said = lineIn(value);
    if (said === undefined) return void (tally.other += 1);
    if (typeof said === 'string') return tally.noteBroken(line, said);
    this.#line = line;
    if (this.#isTimed) this.#time = Math.max(this.#time, timeOf(value, before, this.#input.zone) ?? 0);
    const places = this.#recorder.record(said);
    if (said.type === 'deliver') tally.taken += places.length;
  }

  /** Adds the line number of each record. All records of a page are in one line. */
  #withLine(event: SubjectFact['event']): SubjectFact['event'] {
    if (event.type !== 'page' || event.records === undefined) return event;
    const lines = new OwnLines();
    for (const _ of event.records) lines.add(this.#line);
    return { ...event, file: this.#input.tally.file, lines: lines.text };
  }

  taken(): readonly SubjectFact[] {
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }
}

import { HarnessError } from '../lib/error.ts';
import { counterOf } from '../tap/identity/counter.ts';
import { counterDoubt, counterHint } from './counter-fields.ts';
import type { Fact } from './fact.ts';
import { fieldNames, fields } from './fields.ts';
import { firstPlaces, placesIn } from './first-places.ts';
import { leavesOf, plainName } from './flatten.ts';
import { flowHint } from './flow-hint.ts';
import type { FormatInput, Opened } from './format.ts';
import { guessMapping } from './guess.ts';
import type { Before } from './json-values.ts';
import type { Lack } from './lack.ts';
import { type Mapping, mappingText } from './mapping.ts';
import { assertOldestFirst } from './oldest-first.ts';
import { type Getter, getterOf, type Path, parsePath, pointerOf } from './path.ts';
import { readTime } from './read-time.ts';
import { isZoneless } from './read-zone.ts';
import { noteRounded } from './rounded.ts';
import { rowFacts } from './row-facts.ts';
import type { ShapeOptions } from './shape-facts.ts';

/** Takes a row, its line number, what preceded it in the line, and its text. */
export type OnRow = (row: unknown, line: number, before: Before | undefined, text?: RowText) => void;

export type RowText = {
  /** The row read again without rounding. */
  readonly again: () => unknown;
  /** How many lines below its first one each item of a list begins. */
  readonly itemLines: (list: string) => readonly number[];
};

/** For formats that turn some rows into facts themselves. */
export type RowNeed = {
  readonly onFact: (fact: Fact) => void;
  /** Undefined if more than the values of the fields is needed. */
  readonly options: ShapeOptions | undefined;
};

export type RowFormat = {
  readonly input: FormatInput;
  /** The rows at the beginning of the file. */
  readonly sample: readonly unknown[];
  readonly getter: (path: Path) => Getter;
  /** Passes all rows to `onRow`, and yields regularly, so that they can be written. */
  readonly read: (onRow: OnRow, need: RowNeed) => AsyncIterable<void>;
  /** A row as an object, if rows are none. */
  readonly named?: (row: unknown) => unknown;
  /** True if each row has a time before it. */
  readonly isTimed: boolean;
};

/** Opens a file whose records are rows with fields that have to be found. */
export const openRows = ({ input, sample, getter, read, named, isTimed }: RowFormat): Opened => {
  const { isPut, tally, zone } = input;
  const { mapping, identify } = counted(input, sample);
  assertTimes(input, mapping, sample);
  if (mapping.time !== undefined)
    assertOldestFirst(
      input.source.name,
      sampleValuesAt(mapping.time, sample).map((value) => readTime(value, zone)),
    );
  const places = placesIn(sample, mapping);
  noteRounded(input, mapping, { sample, places });
  assertUseful(mapping, identify, input, sample);
  if (mapping.n === undefined && identify === undefined) tally.note(counterHint(sample, mapping));
  tally.note(flowHint(sample, mapping));
  const list = listOf(mapping);
  const facts = async function* (): AsyncGenerator<readonly Fact[]> {
    let batch: Fact[] = [];
    const take = rowFacts({
      mapping,
      getter: list === undefined ? getter : itemGetter(getter),
      isPut,
      identify,
      tally,
      zone,
      named,
    });
    const onRow: OnRow = (row, line, before, text) => {
      const fact = take(row, line, before, text?.again);
      if (fact !== undefined) batch.push(fact);
    };
    const need: RowNeed = {
      onFact: (fact) => void batch.push(fact),
      options: list !== undefined || identify !== undefined ? undefined : { mapping, isPut, tally, zone },
    };
    for await (const _ of read(list === undefined ? onRow : eachItem(list, getter(list), onRow), need)) {
      yield batch;
      batch = [];
    }
    yield batch;
    if (tally.taken === 0) throw nothingFound(input, mapping, sample);
  };
  const values = (path: Path | undefined): readonly unknown[] =>
    path === undefined ? [] : sampleValuesAt(path, sample);
  return {
    facts: facts(),
    mapping,
    sampleKeys: values(mapping.key).map(String),
    firstPlaces: firstPlaces(places),
    fieldsFound: namesOf(sample).slice(0, shownMax),
    isZoneless: zone === undefined && values(mapping.time).some(isZoneless),
    lacks: lacksOf(mapping, identify, isPut, isTimed),
    doubt: isPut || input.mapping.n !== undefined ? undefined : counterDoubt(sample, mapping),
    ...payloadSpec(mapping, sample, isPut),
  };
};

/** A record that is an item of a list, and the row around the list. */
type Item = { readonly root: unknown; readonly item: unknown };

const listOf = (mapping: Mapping): Path | undefined => {
  const path = Object.values(mapping).find(({ list }) => list !== undefined);
  return path === undefined ? undefined : { ...path, tokens: path.tokens.slice(0, path.list), list: undefined };
};

const itemGetter =
  (getter: (path: Path) => Getter) =>
  (path: Path): Getter => {
    const inItem = path.list !== undefined;
    const get = getter(inItem ? { ...path, tokens: path.tokens.slice(path.list), list: undefined } : path);
    return inItem ? (row) => get((row as Item).item) : (row) => get((row as Item).root);
  };

const eachItem =
  ({ tokens }: Path, listIn: Getter, onRow: OnRow): OnRow =>
  (root, line, before, text) => {
    const items = listIn(root);
    if (!Array.isArray(items)) return onRow({ root, item: undefined }, line, before);
    const lines = text?.itemLines(tokens.at(-1) ?? '') ?? [];
    for (const [index, item] of items.entries()) {
      const exact = text === undefined ? undefined : { ...text, again: () => exactItem(text.again(), listIn, index) };
      onRow({ root, item }, line + (lines[index] ?? 0), before, exact);
    }
  };

const exactItem = (root: unknown, listIn: Getter, index: number): Item => ({
  root,
  item: (listIn(root) as readonly unknown[] | undefined)?.[index],
});

/** The strings and numbers at a path in the first rows; of a list, those of the first item. */
const sampleValuesAt = ({ tokens, list }: Path, sample: readonly unknown[]): readonly unknown[] => {
  const get = getterOf(list === undefined ? tokens : [...tokens.slice(0, list), '0', ...tokens.slice(list)]);
  return sample
    .map((row) => get(row) ?? (row as Readonly<Record<string, unknown>> | undefined)?.[tokens.join('.')])
    .filter((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
};

/**
 * Throws if --map names the time and no value of it is one, because only the order of the lines would be known. If the
 * field only looks like the time, this is a note.
 */
const assertTimes = (
  { mapping: given, source, tally }: FormatInput,
  { time }: Mapping,
  sample: readonly unknown[],
): void => {
  const [path, isGiven] = given.time === undefined ? [timeLike(sample), false] : [given.time, true];
  if (path === undefined || (!isGiven && time !== undefined)) return;
  const values = sampleValuesAt(path, sample);
  const bad = values.filter((value) => readTime(value) === undefined);
  if (bad.length === 0 || (isGiven && bad.length < values.length)) return;
  const count =
    bad.length === values.length
      ? 'none of its values is one'
      : `${bad.length} of the first ${values.length} values are none`;
  const words = `${path.text} should be the time, but ${count}: the first is ${JSON.stringify(bad[0]).slice(0, 60)}`;
  const hint = 'times are ISO 8601 (2026-11-24T10:00:01Z), 24.11.2026 10:00:01, or a number since 1970';
  if (!isGiven) return tally.note(`${words}; ${hint}`);
  throw new HarnessError('usage', `${source.name}: ${words}`, { hint });
};

const timeLike = (sample: readonly unknown[]): Path | undefined => {
  const names: readonly string[] = fields.time.names.filter((name) => name.length > 2);
  const leaf = sample
    .flatMap(leavesOf)
    .find(({ name, value }) => typeof value === 'string' && names.includes(plainName(name)));
  return leaf === undefined ? undefined : parsePath(leaf.path);
};

/** The source of the counter: --id if a payload or a row has it, otherwise a field. */
const counted = (input: FormatInput, sample: readonly unknown[]): Counted => {
  const { identify, isPut } = input;
  const given = withCounterOf(input, sample);
  const usual = { mapping: asKeyed(input, guessMapping(sample, given, isPut), sample), identify: undefined };
  if (identify === undefined) return usual;
  const mapping = asKeyed(input, guessMapping(sample, given, isPut, given.n === undefined), sample);
  const isRow = (row: unknown): boolean => identify(Buffer.from(JSON.stringify(row) ?? ''), '') !== undefined;
  return mapping.data !== undefined || sample.some(isRow) ? { mapping, identify } : usual;
};

/** Takes the flow of the puts as their key if it has values of the reads' keys. */
const asKeyed = (
  { mapping: given, keysOfReads }: FormatInput,
  mapping: Mapping,
  sample: readonly unknown[],
): Mapping => {
  const { flow, key, ...rest } = mapping;
  if (flow === undefined || key !== undefined || given.flow !== undefined || keysOfReads === undefined) return mapping;
  return sampleValuesAt(flow, sample).some((value) => keysOfReads.has(String(value)))
    ? { ...rest, key: flow }
    : mapping;
};

/** What was given, and the counter of the largest file if this one has it, too. */
const withCounterOf = (
  { mapping: given, identify, example }: FormatInput,
  sample: readonly unknown[],
): FormatInput['mapping'] => {
  const n = example?.mapping?.n;
  if (given.n !== undefined || identify !== undefined || n === undefined) return given;
  return sampleValuesAt(n, sample).some((value) => counterOf(value) !== undefined) ? { ...given, n } : given;
};

type Counted = Pick<FormatInput, 'mapping' | 'identify'>;

/**
 * Where the counter is in the payload, in the form of --id. Empty unless it is in JSON inside a string, which then is
 * the payload.
 */
const payloadSpec = ({ n }: Mapping, sample: readonly unknown[], isPut: boolean): Pick<Opened, 'payloadIdentity'> => {
  if (n === undefined || isPut) return {};
  const tokens = n.tokens.slice(n.list ?? 0);
  const texts = tokens.map((_, index) => `.${tokens.slice(0, index).join('.')}`);
  const leaf = sample
    .flatMap(leavesOf)
    .find(({ path, value }) => typeof value === 'string' && texts.some((text) => path.endsWith(text) && text !== '.'));
  if (leaf === undefined) return {};
  const length = texts.findLastIndex((text) => text !== '.' && leaf.path.endsWith(text));
  return {
    payloadIdentity: `json:${pointerOf(tokens.slice(length))}`,
  };
};

const lacksOf = (
  mapping: Mapping,
  identify: FormatInput['identify'],
  isPut: boolean,
  isTimed: boolean,
): readonly Lack[] => {
  const lacks: Lack[] = [];
  if (mapping.time === undefined && !isTimed) lacks.push('time');
  if (isPut) {
    if (mapping.seq === undefined || mapping.shard === undefined) lacks.push('outcome');
    if (mapping.api === undefined) lacks.push('call');
  } else {
    if (mapping.shard === undefined) lacks.push('shard');
    if (mapping.seq === undefined) lacks.push('number');
  }
  if (mapping.key === undefined && mapping.flow === undefined && identify === undefined) lacks.push('key');
  if (mapping.n === undefined && identify === undefined) lacks.push('counter');
  return lacks;
};

const assertUseful = (
  mapping: Mapping,
  identify: FormatInput['identify'],
  input: FormatInput,
  sample: readonly unknown[],
): void => {
  const { seq, n } = mapping;
  if (seq !== undefined || n !== undefined || identify !== undefined) return;
  throw nothingFound(input, mapping, sample);
};

const shownMax = 24;

const namesOf = (sample: readonly unknown[]): readonly string[] => [
  ...new Set(sample.flatMap((row) => leavesOf(row).map(({ path }) => path))),
];

/** The fields that were tried and those that exist. Names only, because values may be user data. */
const nothingFound = ({ source, tally }: FormatInput, mapping: Mapping, sample: readonly unknown[]): HarnessError => {
  const names = namesOf(sample);
  const more = names.length > shownMax ? `, and ${names.length - shownMax} more` : '';
  const tried = tally.tried > 0 ? tally.tried : sample.length;
  const broken = tally.firstBroken === undefined ? '' : `; ${tally.firstBroken}`;
  const looked = fieldNames.some((field) => mapping[field] !== undefined) ? ` with ${mappingText(mapping)}` : '';
  return new HarnessError('usage', `${source.name}: no record in ${tried} lines${looked}${broken}`, {
    hint:
      names.length === 0
        ? 'no fields were found: is it another format? If each line has a prefix, describe it with --prefix'
        : `fields found: ${names.slice(0, shownMax).join(', ')}${more}; map them: --map seq=…,shard=…,key=…,n=…,time=…`,
  });
};

import { HarnessError } from '../lib/error.ts';
import type { Fact } from './fact.ts';
import { fieldNames } from './fields.ts';
import { leavesOf } from './flatten.ts';
import type { FormatInput, Opened } from './format.ts';
import { guessMapping } from './guess.ts';
import type { Before } from './json-values.ts';
import type { Lack } from './lack.ts';
import { type Mapping, mappingText } from './mapping.ts';
import type { Getter, Path } from './path.ts';
import { rowFacts } from './row-facts.ts';

/** A row, the number of its line, what stood before it, and the way to read it again without rounding. */
export type OnRow = (row: unknown, line: number, before: Before | undefined, again?: () => unknown) => void;

/** `isWhole`: more than the values of its getters is needed of a row. */
export type RowNeed = { readonly isWhole: boolean };

export type RowFormat = {
  readonly input: FormatInput;
  /** The first rows of the file, as far as its beginning shows them. */
  readonly sample: readonly unknown[];
  readonly getter: (path: Path) => Getter;
  /** Feeds all rows, and yields now and then, so that they can be written. */
  readonly read: (onRow: OnRow, need: RowNeed) => AsyncIterable<void>;
  /** Fields that stand before the rows. */
  readonly isTimed: boolean;
};

/** What formats share whose records are rows with fields that have to be found. */
export const openRows = ({ input, sample, getter, read, isTimed }: RowFormat): Opened => {
  const { isPut, tally } = input;
  const { mapping, identify } = counted(input, sample);
  assertUseful(mapping, identify, input, sample);
  const list = listOf(mapping);
  const facts = async function* (): AsyncGenerator<readonly Fact[]> {
    let batch: Fact[] = [];
    const take = rowFacts({
      mapping,
      getter: list === undefined ? getter : itemGetter(getter),
      isPut,
      identify,
      tally,
    });
    const onRow: OnRow = (row, line, before, again) => {
      const fact = take(row, line, before, again);
      if (fact !== undefined) batch.push(fact);
    };
    const need = { isWhole: list !== undefined || identify !== undefined };
    for await (const _ of read(list === undefined ? onRow : eachItem(getter(list), onRow), need)) {
      yield batch;
      batch = [];
    }
    yield batch;
    if (tally.taken === 0) throw nothingFound(input, mapping, sample);
  };
  return {
    facts: facts(),
    mapping,
    lacks: lacksOf(mapping, identify, isPut, isTimed),
    ...payloadSpec(mapping, sample, isPut),
  };
};

/** A record that is an item of a list, and what the list stands in. */
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
  (listIn: Getter, onRow: OnRow): OnRow =>
  (root, line, before, again) => {
    const items = listIn(root);
    if (!Array.isArray(items)) return onRow({ root, item: undefined }, line, before);
    for (const [index, item] of items.entries()) {
      const exact = again === undefined ? undefined : () => exactItem(again(), listIn, index);
      onRow({ root, item }, line, before, exact);
    }
  };

const exactItem = (root: unknown, listIn: Getter, index: number): Item => ({
  root,
  item: (listIn(root) as readonly unknown[] | undefined)?.[index],
});

/** Where the counter comes from: --id, as far as a payload is there, else a field. */
const counted = ({ mapping: given, identify, isPut }: FormatInput, sample: readonly unknown[]): Counted => {
  const usual = { mapping: guessMapping(sample, given, isPut), identify: undefined };
  if (identify === undefined) return usual;
  const mapping = guessMapping(sample, given, isPut, given.n === undefined);
  const isRow = (row: unknown): boolean => identify(Buffer.from(JSON.stringify(row) ?? ''), '') !== undefined;
  return mapping.data !== undefined || sample.some(isRow) ? { mapping, identify } : usual;
};

type Counted = Pick<FormatInput, 'mapping' | 'identify'>;

/** The counter as --id would name it, where it stands in JSON inside a text: that text is the payload. */
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
    payloadIdentity: `json:${tokens
      .slice(length)
      .map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')}`,
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

/** What was tried, and what there is. Names only: values may be somebody's data. */
const nothingFound = ({ source, tally }: FormatInput, mapping: Mapping, sample: readonly unknown[]): HarnessError => {
  const names = [...new Set(sample.flatMap((row) => leavesOf(row).map(({ path }) => path)))];
  const more = names.length > shownMax ? `, and ${names.length - shownMax} more` : '';
  const tried = tally.tried > 0 ? tally.tried : sample.length;
  const looked = fieldNames.some((field) => mapping[field] !== undefined) ? ` with ${mappingText(mapping)}` : '';
  return new HarnessError('usage', `${source.name}: no record in ${tried} lines${looked}`, {
    hint:
      names.length === 0
        ? 'no fields were found: is it of another format? If each line begins with something else, name it with --prefix'
        : `fields found: ${names.slice(0, shownMax).join(', ')}${more}; say which is which: --map seq=…,shard=…,key=…,n=…,time=…`,
  });
};

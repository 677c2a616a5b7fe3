import { type Leaf, leavesOf, plainName } from './flatten.ts';
import type { Mapping } from './mapping.ts';
import type { Path } from './path.ts';

/** A field of the first rows, with its values. */
export type Seen = {
  readonly path: string;
  /** The name in lower case, letters and digits only. */
  readonly name: string;
  /** The name as it is in the file. */
  readonly own: string;
  readonly depth: number;
  readonly values: unknown[];
  /** The row of each value. */
  readonly rows: number[];
};

export type SeenFields = ReadonlyMap<string, Seen>;

/** The key of each row; undefined where none is known. */
export type RowKeys = readonly (string | undefined)[];

/** The fields of the rows, by path. */
export const seenIn = (rows: readonly unknown[]): SeenFields => {
  const seen = new Map<string, Seen>();
  for (const [row, value] of rows.entries()) for (const leaf of leavesOf(value)) note(seen, leaf, row);
  return seen;
};

const note = (seen: Map<string, Seen>, { path, name, depth, value }: Leaf, row: number): void => {
  const known = seen.get(path) ?? { path, name: plainName(name), own: name, depth, values: [], rows: [] };
  known.values.push(value);
  known.rows.push(row);
  seen.set(path, known);
};

/** The key of each row; undefined if the mapping has no field for it. */
export const keysIn = (seen: SeenFields, { key, flow }: Mapping): RowKeys | undefined => textsOf(seen, key ?? flow);

/** The shard of each row; undefined if the mapping has no field for it. */
export const shardsIn = (seen: SeenFields, { shard }: Mapping): RowKeys | undefined => textsOf(seen, shard);

/** Shard and sequence number of each row; undefined if the mapping has no field for the number. */
export const placesIn = (seen: SeenFields, { shard, seq, sub }: Mapping): RowKeys | undefined => {
  const [shards, subs] = [textsOf(seen, shard), textsOf(seen, sub)];
  return textsOf(seen, seq)?.map((number, row) =>
    number === undefined ? undefined : `${shards?.[row] ?? ''} ${number} ${subs?.[row] ?? ''}`,
  );
};

const textsOf = (seen: SeenFields, path: Path | undefined): RowKeys | undefined => {
  const field = seen.get(path?.text ?? '');
  if (field === undefined) return undefined;
  const keys: (string | undefined)[] = [];
  for (const [index, row] of field.rows.entries()) keys[row] = String(field.values[index]);
  return keys;
};

/** True if a path does not leave the list of the fields that were found: all fields of a record are in one list. */
export const isBeside = (path: string, found: Mapping): boolean => {
  const list = listOf(path);
  if (list === undefined) return true;
  const others = Object.values(found).flatMap(({ text }) => listOf(text) ?? []);
  return others.every((other) => other === list);
};

const listOf = (path: string): string | undefined => (path.includes('[]') ? path.split('[]')[0] : undefined);

import type { HistoryLine } from '../../judging/check-history.ts';

type Loose = Record<string, unknown>;
type Change = (line: Loose, random: number) => unknown;

/** Small changes to one line of any type. Each returns a line, or several that replace it. */
export const smallChanges: Readonly<Record<string, Change>> = {
  'a line goes': () => [],
  'a line twice': (line) => [line, line],
  'a record goes': (line, at) => edited(line, (items) => items.filter((_, index) => index !== at % items.length)),
  'two change places': (line, at) =>
    edited(line, (items) => {
      const turned = [...items];
      const [one, other] = [at % items.length, (at + 1) % items.length];
      [turned[one], turned[other]] = [items[other] ?? {}, items[one] ?? {}];
      return turned;
    }),
  'a record twice': (line, at) => edited(line, (items) => [...items, items[at % items.length] ?? {}]),
  'a number one higher': (line, at) =>
    edited(line, (items) => altered(items, at, 'seq', (seq) => `${BigInt(typeof seq === 'string' ? seq : 0) + 1n}`)),
  'a number much lower': (line, at) => edited(line, (items) => altered(items, at, 'seq', () => '7')),
  'another n': (line, at) => edited(line, (items) => altered(items, at, 'n', (n) => Number(n ?? 0) + 1)),
  'another key': (line, at) => edited(line, (items) => altered(items, at, 'key', () => 'p1-a')),
  'another digest': (line, at) => edited(line, (items) => altered(items, at, 'digest', () => '0011223344556677')),
  'no digest': (line, at) => edited(line, (items) => altered(items, at, 'digest', () => undefined)),
  'another hash key': (line, at) => edited(line, (items) => altered(items, at, 'hash', () => String(at % 40))),
  'no hash key': (line, at) => edited(line, (items) => altered(items, at, 'hash', () => undefined)),
  'another arrival': (line, at) => edited(line, (items) => altered(items, at, 'arrival', (t) => Number(t ?? 0) + 5000)),
  'another shard': (line, at) => edited(line, (items) => altered(items, at, 'shard', () => 'shardId-000000000001')),
  'another time': (line) => ({ ...line, t0: 0 }),
  'nothing behind': (line) => ({ ...line, behind: 0 }),
  'no more': (line) => ({ ...line, more: false }),
  'another outcome': (line) => ({ ...line, outcome: 'info' }),
  'another chain': (line) => ({ ...line, chain: 1 }),
  'another reader': (line) => ({ ...line, reader: 'other' }),
};

/** Small changes to where readers begin, and to topologies. */
export const otherChanges: Readonly<Record<string, Change>> = {
  'begun at another number': (line, at) => ({ ...line, from: startAt('AFTER_SEQUENCE_NUMBER', line, at) }),
  'begun at a number': (line, at) => ({ ...line, from: startAt('AT_SEQUENCE_NUMBER', line, at) }),
  'begun at its tip': (line) => ({ ...line, from: { type: 'LATEST' } }),
  'begun at a time': (line, at) => ({ ...line, from: { type: 'AT_TIMESTAMP', at: arrivalIn(line) - 1 + (at % 3) } }),
  'begun nobody knows where': (line) => ({ ...line, from: { type: 'UNKNOWN' } }),
  'an error': (line) => ({ ...line, error: 'InternalFailure' }),
  'a shard that is open': (line, at) =>
    shardOf(line, at, ({ seq, ...info }) => ({ ...info, seq: [startOf(seq), null] })),
  'a shard that ends at 7': (line, at) =>
    shardOf(line, at, ({ seq, ...info }) => ({ ...info, seq: [startOf(seq), '7'] })),
  'a shard that ends high': (line, at) =>
    shardOf(line, at, ({ seq, ...info }) => ({ ...info, seq: [startOf(seq), '9'.repeat(60)] })),
  'a shard that starts high': (line, at) => shardOf(line, at, (info) => ({ ...info, seq: ['9'.repeat(60), null] })),
  'a shard without parents': (line, at) => shardOf(line, at, (info) => ({ ...info, parents: [] })),
  'a shard of other parents': (line, at) =>
    shardOf(line, at, (info) => ({ ...info, parents: ['shardId-000000000001'] })),
  'a shard of no range': (line, at) => shardOf(line, at, (info) => ({ ...info, range: ['5', '5'] })),
  'a shard is not listed': (line, at) => {
    const shards = line['shards'] as readonly Loose[] | undefined;
    return shards === undefined || line['type'] !== 'topology'
      ? line
      : { ...line, shards: shards.filter((_, index) => index !== at % shards.length) };
  },
  'still updating': (line) => (line['type'] === 'topology' ? { ...line, status: 'UPDATING' } : line),
  'other children': (line) => (line['type'] === 'page' ? { ...line, children: ['shardId-000000000001'] } : line),
  'no children': (line) => (line['type'] === 'page' ? { ...line, children: [] } : line),
  'a consumer': (line) => (line['type'] === 'reader' ? { ...line, role: 'subject' } : line),
  'a failed reshard': (line) => (line['phase'] === 'ok' ? { ...line, phase: 'fail' } : line),
};

/** Small changes to user records of aggregates. */
export const insideChanges: Readonly<Record<string, Change>> = {
  'another sub': (line, at) => edited(line, (items) => altered(items, at, 'sub', (sub) => Number(sub ?? 0) + 1)),
  'a sub much higher': (line, at) => edited(line, (items) => altered(items, at, 'sub', () => 5_000_000_000)),
  'a sub of 0': (line, at) => edited(line, (items) => given(items, at, { sub: 0 })),
  'a sub of 1': (line, at) => edited(line, (items) => given(items, at, { sub: 1 })),
  'no sub': (line, at) => edited(line, (items) => altered(items, at, 'sub', () => undefined)),
  'another part': (line, at) => edited(line, (items) => altered(items, at, 'part', () => 0)),
  'no part': (line, at) => edited(line, (items) => altered(items, at, 'part', () => undefined)),
  'the number before': (line, at) =>
    edited(line, (items) => given(items, at, { seq: items[Math.max(0, (at % items.length) - 1)]?.['seq'] ?? '7' })),
  'another carrier': (line, at) => carriersOf(line, at, (part) => ({ ...part, key: 'key-3' })),
  'a carrier elsewhere': (line, at) => carriersOf(line, at, (part) => ({ ...part, hash: String(at % 40) })),
  'a carrier without a hash key': (line, at) => carriersOf(line, at, ({ hash: _, ...part }) => part),
};

/** Small changes to foreign records on a shared stream. */
export const foreignChanges: Readonly<Record<string, Change>> = {
  'a record of nobody': (line, at) =>
    edited(line, (items) => given(items, at, { producer: undefined, n: undefined, sub: undefined })),
  'a number of nobody': (line, at) => edited(line, (items) => given(items, at, { n: undefined })),
  'one of others behind': (line, at) => edited(line, (items) => foreignBeside(items, at, 1n)),
  'one of others before': (line, at) => edited(line, (items) => foreignBeside(items, at, -1n)),
  'one of others at the same place': (line, at) => edited(line, (items) => foreignBeside(items, at, 0n)),
};

/** Adds a record without identity beside a record. */
const foreignBeside = (items: readonly Loose[], at: number, by: bigint): readonly Loose[] =>
  items.flatMap((item, index) => {
    if (index !== at % items.length || typeof item['seq'] !== 'string' || !('key' in item)) return [item];
    const other = { seq: `${BigInt(item['seq']) + by}`, key: 'theirs', arrival: item['arrival'] };
    return by < 0n ? [other, item] : [item, other];
  });

const carriersOf = (line: Loose, at: number, edit: (part: Loose) => Loose): Loose => {
  const parts = line['parts'] as readonly Loose[] | undefined;
  if (parts === undefined || parts.length === 0) return line;
  return { ...line, parts: parts.map((part, index) => (index === at % parts.length ? edit(part) : part)) };
};

const given = (items: readonly Loose[], at: number, fields: Loose): readonly Loose[] =>
  items.map((item, index) => (index === at % items.length ? { ...item, ...fields } : item));

const startOf = (seq: unknown): unknown => (Array.isArray(seq) ? seq[0] : '1');

const shardOf = (line: Loose, at: number, edit: (info: Loose) => Loose): Loose => {
  const shards = line['shards'] as readonly Loose[] | undefined;
  if (line['type'] !== 'topology' || shards === undefined) return line;
  return { ...line, shards: shards.map((info, index) => (index === at % shards.length ? edit(info) : info)) };
};

/** A start a little below the line's own, or below its first record. */
const startAt = (type: string, line: Loose, at: number): Loose => {
  const first = (line['records'] as readonly Loose[] | undefined)?.[0]?.['seq'];
  const own = (line['from'] as Loose | undefined)?.['seq'] ?? first;
  return { type, seq: `${BigInt(typeof own === 'string' ? own : 9) - BigInt(at % 3)}` };
};

const arrivalIn = (line: Loose): number => {
  const arrival = (line['records'] as readonly Loose[] | undefined)?.[0]?.['arrival'];
  return typeof arrival === 'number' ? arrival : 0;
};

const lists = ['entries', 'results', 'records'] as const;

const edited = (line: Loose, edit: (items: readonly Loose[]) => readonly Loose[]): Loose => {
  const field = lists.find((name) => Array.isArray(line[name]) && (line[name] as Loose[]).length > 0);
  return field === undefined ? line : { ...line, [field]: edit(line[field] as readonly Loose[]) };
};

const altered = (
  items: readonly Loose[],
  at: number,
  field: string,
  make: (old: unknown) => unknown,
): readonly Loose[] =>
  items.map((item, index) =>
    index === at % items.length && field in item ? { ...item, [field]: make(item[field]) } : item,
  );

/** The lines with one of them changed. `random` selects one of its entries, results or records. */
export const changedAt = (
  lines: readonly HistoryLine[],
  { name, index, random }: { readonly name: string; readonly index: number; readonly random: number },
): readonly unknown[] => {
  const change = (smallChanges[name] ?? otherChanges[name] ?? insideChanges[name] ?? foreignChanges[name])?.(
    lines[index] as unknown as Loose,
    random,
  );
  return [...lines.slice(0, index), ...[change].flat(), ...lines.slice(index + 1)];
};

/** The lines with one of them moved down, at the time of its new neighbours. */
export const movedDown = (lines: readonly unknown[], index: number, by: number): readonly unknown[] => {
  const line = lines[index] as Loose;
  const to = Math.min(index + by, lines.length - 2);
  const t = (lines[to] as Loose)['t'];
  return [...lines.slice(0, index), ...lines.slice(index + 1, to + 1), { ...line, t }, ...lines.slice(to + 1)];
};

/** Ways to number calls other than in the order of sending. */
export const otherNumbers: Readonly<Record<string, (op: number, line: Loose) => number>> = {
  'a range for each producer': (op, { producer }) => op + 1_000_000 * String(producer).charCodeAt(1),
  'in turns of eight': (op) => op ^ 7,
  'every third number': (op) => op * 3,
  'down from the largest': (op) => Number.MAX_SAFE_INTEGER - op,
};

/** The lines with their calls numbered in another way: `otherNumbers` makes a new number from the op and its put. */
export const renumbered = (lines: readonly HistoryLine[], name: string): readonly unknown[] => {
  const of = otherNumbers[name] ?? ((op: number): number => op);
  const numbers = new Map<unknown, number>();
  for (const line of lines as readonly Loose[])
    if (line['type'] === 'put') numbers.set(line['op'], of(Number(line['op']), line));
  return (lines as readonly Loose[]).map((line) =>
    numbers.has(line['op']) ? { ...line, op: numbers.get(line['op']) } : line,
  );
};

import type { HistoryLine } from '../../../judging/check-history.ts';

type Lines = readonly HistoryLine[];
type Loose = Readonly<Record<string, unknown>>;

const digest = '00000000000000aa';
const entry = (n: number): Loose => ({ key: 'noise', n, digest, bytes: 1 });
const record = (n: number): Loose => ({ seq: `${700_001 + n}`, key: 'noise', producer: 'noise', n, digest });

/**
 * A producer, a reader and a shard of their own, of which nothing can be said: whatever comes behind them has other
 * places and numbers in the tables.
 */
const noise = [
  { type: 'put', op: 9_000_001, producer: 'noise', api: 'PutRecords', attempt: 1, entries: [entry(0), entry(1)] },
  {
    type: 'ack',
    op: 9_000_001,
    outcome: 'ok',
    results: [0, 1].map((n) => ({ shard: 'noise', seq: `${700_001 + n}` })),
  },
  { type: 'reader', reader: 'noise', role: 'final' },
  {
    type: 'page',
    reader: 'noise',
    chain: 9_000_001,
    shard: 'noise',
    from: { type: 'TRIM_HORIZON' },
    records: [record(0), record(1)],
    more: true,
  },
].map((line) => ({ t: 0, ...line }) as unknown as HistoryLine);

const each = (lines: Lines, edit: (line: Loose) => Loose): Lines =>
  lines.map((line) => edit(line as unknown as Loose) as unknown as HistoryLine);

const withHead = (lines: Lines, more: Loose): Lines =>
  each(lines, (line) => (line['type'] === 'head' ? { ...line, ...more } : line));

const without = (line: Loose, ...names: readonly string[]): Loose =>
  Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)));

const items = (line: Loose, edit: (item: Loose) => Loose): Loose => {
  const edited = Object.entries(line).map(([name, value]) => [
    name,
    (name === 'entries' || name === 'records') && Array.isArray(value) ? (value as Loose[]).map(edit) : value,
  ]);
  return Object.fromEntries(edited) as Loose;
};

/** One history told in other ways: each asks the judge the same questions from another side. */
export const variants: Readonly<Record<string, (lines: Lines) => Lines>> = {
  'behind others': ([head, ...rest]) => {
    if (head?.type !== 'head') return [];
    const isWithPuts = head.recorded === undefined || head.recorded.includes('puts');
    return [head, ...noise.filter(({ type }) => isWithPuts || (type !== 'put' && type !== 'ack')), ...rest];
  },
  'without puts': (lines) =>
    withHead(lines, { recorded: ['pages'] }).filter(({ type }) => type !== 'put' && type !== 'ack'),
  'on a shared stream': (lines) => {
    const [head] = lines as readonly unknown[] as readonly Loose[];
    return withHead(lines, { stream: { ...(head?.['stream'] as Loose | undefined), shared: true } });
  },
  'without what pages say of themselves': (lines) =>
    each(lines, (line) => (line['type'] === 'page' ? without(line, 't0', 'behind', 'children') : line)),
  'without digests': (lines) => each(lines, (line) => items(line, (item) => without(item, 'digest', 'bytes'))),
  'by sizes': (lines) => each(lines, (line) => items(line, (item) => ({ ...without(item, 'digest'), bytes: 10 }))),
  'by sizes that differ': (lines) =>
    each(lines, (line) =>
      items(line, (item) => ({
        ...without(item, 'digest'),
        bytes: line['type'] === 'page' && item['n'] === 1 ? 11 : 10,
      })),
    ),
  'by one producer without a name': (lines) =>
    each(lines, (line) =>
      without(
        items(line, (item) => without(item, 'producer')),
        'producer',
      ),
    ),
  'under other keys': (lines) =>
    each(lines, (line) =>
      line['type'] === 'page' ? items(line, (item) => ('key' in item ? { ...item, idKey: item['key'] } : item)) : line,
    ),
  'under keys that came back changed': (lines) =>
    each(lines, (line) =>
      line['type'] === 'page' && line['chain'] === 1
        ? items(line, (item) => (item['n'] === 1 ? { ...item, key: 'other', idKey: item['key'] } : item))
        : line,
    ),
  'in part without numbers': (lines) =>
    each(lines, (line) => items(line, (item) => (Number(item['n']) % 2 === 1 ? without(item, 'n', 'producer') : item))),
  'in part without keys': (lines) =>
    each(lines, (line) =>
      line['type'] === 'page' ? items(line, (item) => (item['n'] === 1 ? without(item, 'key') : item)) : line,
    ),
  'all at once': (lines) =>
    each(lines, (line) => ({ ...line, ...('t' in line ? { t: 1000 } : {}), ...('t0' in line ? { t0: 1000 } : {}) })),
  'read by consumers': (lines) =>
    each(lines, (line) => (line['type'] === 'reader' ? { ...line, role: 'subject' } : line)),
  'without topologies': (lines) => lines.filter(({ type }) => type !== 'topology'),
  'cut short': (lines) => lines.slice(0, -2),
};

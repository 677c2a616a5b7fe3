import type { HistoryLine } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';

type Loose = Record<string, unknown>;
export type Lines = readonly HistoryLine[];
/** Undefined: the history has no place for it. */
type Transform = (lines: Lines) => Lines | undefined;

const edited = (lines: Lines, edit: (line: Loose) => Loose): Lines =>
  lines.map((line) => edit(structuredClone(line) as unknown as Loose) as unknown as HistoryLine);
const listOf = (line: Loose, name: string): Loose[] => (Array.isArray(line[name]) ? (line[name] as Loose[]) : []);
const mapped = (line: Loose, name: string, edit: (item: Loose) => Loose): Loose =>
  Array.isArray(line[name]) ? { ...line, [name]: listOf(line, name).map(edit) } : line;
const text = (value: unknown, edit: (value: string) => string): Loose[string] =>
  typeof value === 'string' ? edit(value) : value;
const withText = (item: Loose, name: string, edit: (value: string) => string): Loose =>
  name in item ? { ...item, [name]: text(item[name], edit) } : item;
const times = (line: Loose, edit: (t: number) => number): Loose =>
  Object.fromEntries(
    Object.entries(line).map(([name, value]) => [
      name,
      ['t', 't0', 'due'].includes(name) && typeof value === 'number' ? edit(value) : value,
    ]),
  );

const isAscending = (records: readonly Loose[]): boolean => {
  const numbers = records.map(({ seq }) => BigInt(String(seq)));
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
};

/** A page as two of its chain, asked and answered at the same times. */
const cut = (page: Loose): readonly Loose[] => {
  const records = listOf(page, 'records');
  if (page['type'] !== 'page' || records.length < 2 || !isAscending(records)) return [page];
  const half = records.length >> 1;
  const { from: _, ...rest } = page;
  const { children: __, ...first } = page;
  const isBehind = page['behind'] === 0 ? { behind: 1 } : {};
  const isGoingOn = 'more' in page ? { more: true } : {};
  return [
    { ...first, records: records.slice(0, half), ...isBehind, ...isGoingOn },
    { ...rest, records: records.slice(half) },
  ];
};

/** A page that failed behind one whose iterator went on. */
const failing = (page: Loose): readonly Loose[] => {
  if (page['type'] !== 'page' || page['more'] === false) return [page];
  const { t, reader, chain, shard } = page;
  return [page, { type: 'page', t, t0: t, reader, chain, shard, error: 'ProvisionedThroughputExceededException' }];
};

const spread = (lines: Lines, edit: (line: Loose) => readonly Loose[]): Lines =>
  (lines as readonly unknown[] as readonly Loose[]).flatMap((line) => edit(line)) as unknown as Lines;

/** Each final reader once more, line beside line, under another name. */
const readTwice: Transform = (lines) => {
  const finals = new Set(
    lines.flatMap((line) => (line.type === 'reader' && line.role === 'final' ? [line.reader] : [])),
  );
  const isIts = (line: Loose): boolean =>
    (line['type'] === 'reader' || line['type'] === 'page') && finals.has(String(line['reader']));
  return finals.size === 0
    ? undefined
    : spread(lines, (line) => (isIts(line) ? [line, { ...line, reader: `again-${String(line['reader'])}` }] : [line]));
};

const zeros = (value: string): string => (/^\d{1,100}$/.test(value) ? `000${value}` : value);
const withZeros = (line: Loose): Loose => {
  const all = mapped(
    mapped(withText(line, 'seq', zeros), 'records', (one) => withText(one, 'seq', zeros)),
    'results',
    (one) => withText(one, 'seq', zeros),
  );
  return 'from' in all ? { ...all, from: withText(all['from'] as Loose, 'seq', zeros) } : all;
};

const flowOf = (item: Loose): Loose => {
  const key = item['idKey'] ?? item['key'];
  return 'n' in item && key !== undefined ? { flow: key, ...item } : item;
};

const named = (prefix: string, ...names: readonly string[]) => {
  const edit = (value: string): string => `${prefix}${value}`;
  return (item: Loose): Loose => names.reduce((made, name) => withText(made, name, edit), item);
};

/** Ways to write one history: each must get the verdict, the claims and the findings of the others. */
export const sameVerdict: Readonly<Record<string, Transform>> = {
  'calls numbered downwards': (lines) =>
    edited(lines, (line) => ({
      ...line,
      ...(typeof line['op'] === 'number' ? { op: 1_000_000 - line['op'] } : {}),
      ...(typeof line['retryOf'] === 'number' ? { retryOf: 1_000_000 - line['retryOf'] } : {}),
    })),
  'chains numbered otherwise': (lines) =>
    edited(lines, (line) =>
      typeof line['chain'] === 'number' ? { ...line, chain: (line['chain'] * 7919) % 1_000_003 } : line,
    ),
  'readers under other names': (lines) => edited(lines, named('zz-', 'reader', 'group', 'of')),
  'workers under other names': (lines) => edited(lines, named('zz-', 'worker')),
  'leading zeros': (lines) => edited(lines, withZeros),
  'each flow written out': (lines) =>
    edited(lines, (line) => mapped(mapped(line, 'entries', flowOf), 'records', flowOf)),
  'the producer at each entry': (lines) =>
    edited(lines, (line) =>
      line['producer'] === undefined
        ? line
        : mapped(line, 'entries', (entry) => ({ producer: line['producer'], ...entry })),
    ),
  'pages asked when they were answered, where nothing is said': (lines) =>
    edited(lines, (line) => (line['type'] === 'page' ? { t0: line['t'], ...line } : line)),
  'shards listed the other way round': (lines) =>
    edited(lines, (line) =>
      line['type'] === 'topology' ? { ...line, shards: listOf(line, 'shards').reverse() } : line,
    ),
  'later, with the clock set back': ([head, ...rest]) => {
    const startedAt = head?.type === 'head' ? head.startedAt : undefined;
    const later =
      startedAt === undefined ? {} : { startedAt: new Date(Date.parse(startedAt) - 3_600_000).toISOString() };
    const isStarted = rest.some((line) => line.type === 'page' && line.from?.t0 !== undefined);
    if (head === undefined || isStarted) return undefined;
    return [{ ...head, ...later } as HistoryLine, ...edited(rest, (line) => times(line, (t) => t + 3_600_000_000))];
  },
  'pages cut in two': (lines) => spread(lines, cut),
  'pages that fail in between': (lines) => spread(lines, failing),
  'each list of shards twice': (lines) =>
    spread(lines, (line) => (line['type'] === 'topology' ? [line, structuredClone(line)] : [line])),
};

/** Ways to tell less, or to promise less: what held must not be violated. */
export const noWorse: Readonly<Record<string, Transform>> = {
  'all puts as PutRecords': (lines) =>
    edited(lines, (line) =>
      line['type'] === 'put' && line['role'] !== 'sentinel' ? { ...line, api: 'PutRecords' } : line,
    ),
  'without the end': (lines) => lines.filter(({ type }) => type !== 'end'),
  'pages that do not say how far behind they are': (lines) => edited(lines, ({ behind: _, ...line }) => line),
  'no checkpoints': (lines) => lines.filter((line) => line.type !== 'subject' || line.event !== 'checkpoint'),
  'final readers twice': readTwice,
};

const signed = ({ findings, claims }: HistoryVerdict): readonly string[] => {
  const isListed = new Set(claims.filter(({ found }) => found <= 20).map(({ anomaly }) => anomaly));
  return findings
    .filter(({ anomaly }) => isListed.has(anomaly))
    .map((one) => [one.anomaly, one.expect, one.blame, one.producer, one.key, one.explainedBy].join(' '))
    .sort();
};

/** What must be the same of two ways to write one history. */
export const compared = (verdict: HistoryVerdict): unknown => ({
  verdict: verdict.verdict,
  claims: verdict.claims.map(({ anomaly, expect, found, allowed, ...claim }) => [
    anomaly,
    expect,
    claim.verdict,
    found,
    allowed,
  ]),
  findings: signed(verdict),
  order: verdict.order,
  counts: verdict.counts,
});

export const violatedBy = ({ claims }: HistoryVerdict): readonly string[] =>
  claims.filter(({ verdict }) => verdict === 'violated').map(({ anomaly }) => anomaly);

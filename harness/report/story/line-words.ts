import { cut } from '../../lib/cut.ts';
import type {
  AckEvent,
  FaultEvent,
  HistoryLine,
  PageEvent,
  PutEvent,
  PutResult,
  ReshardEvent,
  TopologyEvent,
} from '../../model/event.ts';
import { isOpenShard } from '../../model/open-shards.ts';
import { orderedBy } from '../../model/ordered-by.ts';
import { countOf, shardName, shortSeq } from '../naming.ts';
import { ownLineWords } from './own-line-words.ts';

/** A line of a history in words: who did what. */
export type LineWords = { readonly line: number; readonly t: number; readonly who: string; readonly what: string };

/** The context of a line: which key it is about, and which call an answer belongs to. */
export type LineContext = {
  /** Records of this key are named one by one. Null: the first `namedMax` of each line are named. */
  readonly key: string | null;
  readonly putOf: (op: number) => PutEvent | undefined;
  /** If given, only the results of an answer in this shard. */
  readonly shard?: string;
  /** The user's own files, if the history was imported. */
  readonly files?: readonly string[] | undefined;
};

type Flowed = { readonly key?: string; readonly idKey?: string; readonly flow?: string; readonly n?: number };

/** A line in words. Undefined for the head. */
export const lineWords = (event: HistoryLine, line: number, context: LineContext): LineWords | undefined => {
  if (event.type === 'head') return undefined;
  const say = (who: string, what: string): LineWords => ({ line, t: event.t, who, what });
  switch (event.type) {
    case 'put':
      return say(
        event.producer ?? (event.role === 'sentinel' ? 'the harness' : 'a producer'),
        putWords(event, context),
      );
    case 'ack':
      return say('the service', ackWords(event, context));
    case 'page':
      return say(`reader ${event.reader}`, pageWords(event, context));
    case 'reader':
      return say(`reader ${event.reader}`, `is there, as ${roleWords[event.role ?? 'live']}`);
    case 'topology':
      return say('ListShards', topologyWords(event));
    case 'reshard':
      return say('the harness', reshardWords(event));
    case 'fault':
      return say('a fault', faultWords(event));
    case 'phase':
      return say('the harness', `begins to ${event.phase === 'done' ? 'end' : event.phase}`);
    case 'note':
      return say('note', event.text);
    case 'subject':
      return say(
        `${event.reader}${event.worker === undefined ? '' : `, ${event.worker}`}`,
        [
          event.event,
          event.shard === undefined ? '' : `of ${shardName(event.shard)}`,
          event.seq === undefined ? '' : `at ${shortSeq(event.seq)}`,
          event.at ?? event.to ?? event.message ?? '',
        ]
          .filter((part) => part !== '')
          .join(' '),
      );
    case 'end':
      return say('the history', `ends: ${event.reason}${event.error === undefined ? '' : `, ${event.error}`}`);
    default:
      return undefined;
  }
};

const roleWords = {
  live: 'a live reader, while records are written',
  final: 'a final reader, from the beginning, after the last write',
  subject: 'the consumer under test',
} as const;

/** Indexes of the items that are named: those of the key, otherwise the first `namedMax`. */
const named = <T extends Flowed>(items: readonly T[], { key }: LineContext): readonly number[] =>
  key === null
    ? [...items.keys()].slice(0, namedMax)
    : [...items.keys()].filter((index) => orderedBy(items[index] ?? {}) === key || items[index]?.key === key);

const namedMax = 6;

const putWords = (put: PutEvent, context: LineContext): string => {
  const { api, op, entries, attempt = 1 } = put;
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  if (put.role === 'sentinel') return `puts the sentinel of a shard (call ${op})`;
  const own = named(entries, context);
  const after = own.flatMap((index) => entries[index]?.after ?? []).slice(0, 1);
  const ordering = after.length === 0 ? '' : `, SequenceNumberForOrdering ${after.map(shortSeq).join('')}`;
  const count = entries.length === 1 ? '' : ` of ${countOf(entries.length, 'record')}`;
  const told = ownLinesIn(put, own, context);
  return `sends call ${op}: ${api}${count}${again}${amongWords(
    own.map((index) => entries[index] ?? {}),
    entries.length,
    context,
  )}${ordering}${told === '' ? '' : `; ${told}`}`;
};

/** The lines of the user's own files: of the named records if a key is selected, otherwise of all. */
const ownLinesIn = (event: PutEvent | PageEvent, named: readonly number[], { key, files }: LineContext): string =>
  ownLineWords(event, files, key === null ? undefined : named);

/** `, among them a #10 to #14`. */
const amongWords = (items: readonly Flowed[], all: number, context: LineContext): string => {
  if (items.length === 0) return '';
  const words = recordsWords(items, context);
  if (all === items.length) return `: ${words}`;
  return context.key === null
    ? `: ${words} and ${countOf(all - items.length, 'more')}`.replace(/mores$/, 'more')
    : `, among them ${words}`;
};

/** Consecutive numbers are joined; keys are named when they change. */
const recordsWords = (items: readonly Flowed[], { key }: LineContext): string => {
  const parts: { name: string; from: number; to: number }[] = [];
  for (const item of items) {
    const [name, n] = [orderedBy(item) ?? 'a record', item.n ?? -1];
    const last = parts.at(-1);
    if (last !== undefined && last.name === name && n >= 0 && n === last.to + 1) last.to = n;
    else parts.push({ name, from: n, to: n });
  }
  const shown = parts.slice(0, partsMax).map(({ name, from, to }) => {
    const numbers = from < 0 ? '' : from === to ? `#${from}` : `#${from} to #${to}`;
    return name === key && from >= 0 ? numbers : `${name} ${numbers}`.trim();
  });
  const left = parts.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? `, and ${left} more` : ''}`;
};

const partsMax = 12;

const ackWords = (ack: AckEvent, context: LineContext): string => {
  const { op, outcome, error, message, requestId } = ack;
  const put = context.putOf(op);
  const id = requestId === undefined ? '' : `; request id ${requestId}`;
  if (outcome !== 'ok') {
    const meaning = outcome === 'fail' ? 'surely without effect' : 'the outcome is unknown';
    return `answers call ${op}: ${error ?? outcome}${message === undefined ? '' : ` (${message})`}, ${meaning}${id}`;
  }
  const results = ack.results ?? [];
  const entries = put?.entries ?? [];
  const { shard } = context;
  if (shard !== undefined && context.key === null)
    return `answers call ${op}: ${inShard(shard, results, entries, context)}${id}`;
  const own = put === undefined ? [...results.keys()].slice(0, namedMax) : named(entries, context);
  const failed = results.filter((result) => 'error' in result).length;
  const whole =
    results.length === 1 ? '' : ` ${results.length - failed} stored${failed === 0 ? '' : `, ${failed} not`};`;
  const told = groupedResults(own, entries, results, context);
  return `answers call ${op}:${whole}${told === '' ? '' : ` ${told}`}${id}`.replace(/;$/, '');
};

/** The part of an answer about one shard. */
const inShard = (
  shard: string,
  results: readonly PutResult[],
  entries: readonly Flowed[],
  context: LineContext,
): string => {
  const own = [...results.keys()].filter((index) => {
    const result = results[index];
    return result !== undefined && 'shard' in result && result.shard === shard;
  });
  const told = groupedResults(own.slice(0, namedMax), entries, results, context);
  const more = own.length > namedMax ? ` and ${own.length - namedMax} more` : '';
  return `${own.length} of ${countOf(results.length, 'record')}: ${told}${more}`;
};

/** Results in the same shard, or with the same error, are grouped. */
const groupedResults = (
  own: readonly number[],
  entries: readonly Flowed[],
  results: readonly PutResult[],
  context: LineContext,
): string => {
  const groups: { readonly way: string; readonly items: Flowed[]; readonly seqs: string[] }[] = [];
  for (const index of own) {
    const result = results[index];
    if (result === undefined) continue;
    const way =
      'error' in result
        ? `refused with ${result.error}${result.message === undefined ? '' : ` (${result.message})`}`
        : `stored in ${shardName(result.shard)}`;
    const last = groups.at(-1);
    const group = last?.way === way ? last : { way, items: [], seqs: [] };
    if (group !== last) groups.push(group);
    group.items.push(entries[index] ?? {});
    if ('seq' in result) group.seqs.push(result.seq);
  }
  return groups
    .map(({ way, items, seqs }) => {
      const [first] = seqs;
      const at =
        first === undefined
          ? ''
          : seqs.length === 1
            ? ` at ${shortSeq(first)}`
            : ` from ${shortSeq(first)} to ${shortSeq(seqs.at(-1) ?? '')}`;
      return `${recordsWords(items, context)} ${way}${at}`;
    })
    .join('; ');
};

const pageWords = (page: PageEvent, context: LineContext): string => {
  const { shard, records = [], from, behind, more, error, message, chain } = page;
  const start =
    from === undefined ? '' : `, from ${from.type}${from.seq === undefined ? '' : ` ${shortSeq(from.seq)}`}`;
  const where = `${shardName(shard)} (iterator ${chain}${start})`;
  if (error !== undefined) return `asks for ${where} and gets ${error}${message === undefined ? '' : ` (${message})`}`;
  const items = named(records, context);
  const own = items.map((index) => records[index] ?? {});
  const tail = [
    ownLinesIn(page, items, context),
    behind === undefined ? '' : behind === 0 ? 'nothing is behind' : `${behind} ms behind`,
    more === false ? 'the shard is at its end' : '',
  ].filter((part) => part !== '');
  return `gets ${records.length === 0 ? 'no record' : countOf(records.length, 'record')} of ${where}${amongWords(own, records.length, context)}${tail.length === 0 ? '' : `; ${tail.join(', ')}`}`;
};

const topologyWords = ({ shards, status }: TopologyEvent): string => {
  const open = shards.filter(isOpenShard);
  const closed = shards.length - open.length;
  return `shows ${countOf(shards.length, 'shard')}${closed === 0 ? '' : `, ${closed} of them closed`}${status === undefined ? '' : `; the stream is ${status}`}: open ${open
    .slice(0, 12)
    .map(({ shard }) => shardName(shard))
    .join(', ')}${open.length > 12 ? ' …' : ''}`;
};

const reshardWords = ({ id, phase, action, shards = [], target, error, message }: ReshardEvent): string => {
  const what = `${action ?? 'a reshard'}${shards.length === 0 ? '' : ` of ${shards.map(shardName).join(' and ')}`}${target === undefined ? '' : ` to ${countOf(target, 'shard')}`}`;
  if (phase === 'invoke') return `asks for ${what} (reshard ${id})`;
  if (phase === 'ok') return `reshard ${id} is done: the stream is ACTIVE again`;
  return `reshard ${id} ${phase === 'fail' ? 'failed' : 'has an unknown outcome'}${error === undefined ? '' : `: ${error}`}${message === undefined ? '' : ` (${message})`}`;
};

const faultWords = ({ fault, phase, op, detail }: FaultEvent): string => {
  const on = op === undefined ? '' : ` on call ${op}`;
  const how = Object.entries(detail ?? {}).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(' and ') : String(value)}`,
  );
  return `${fault} ${phase === 'fired' ? `hits${on}` : phase === 'armed' ? 'is armed' : 'never fired'}${how.length === 0 ? '' : `: ${cut(how.join(', '), 200)}`}`;
};

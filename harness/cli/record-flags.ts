import type { GracefulShutdown } from '../commands/graceful-shutdown.ts';
import type { WaitFor } from '../commands/wait-for.ts';
import type { Fault } from '../faults/fault.ts';
import { faults as callFaults } from '../faults/registry.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import type { ReshardPlan, Variant } from '../scenario/resolved.ts';
import { acts } from '../subjects/acts/registry.ts';

export const refuse = (flag: string, text: string, expected: string): HarnessError =>
  new HarnessError('usage', `${flag} ${text}: expected ${expected}`);

export const countFlag = (flag: string, text: string | undefined, max = 999_999_999): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text) && Number(text) <= max) return Number(text);
  throw refuse(flag, text, 'a whole number from 1');
};

export const keepFlag = (text: string | undefined): number | undefined => countFlag('--keep-reports', text, 999_999);

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Parses `500ms`, `30s`, `5m`, `1h` into milliseconds. A number without a unit is seconds. */
export const timeFlag = (flag: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const [, number, unit = 's'] = /^(\d{1,7}(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number !== undefined && Number(number) > 0) return Math.ceil(Number(number) * (unitMs[unit] ?? 1));
  throw refuse(flag, text, 'a time such as 500ms, 30s, 5m');
};

/** Parses `4568`, `0.0.0.0:4568`, `[::]:4568`. */
export const listenFlag = (text: string | undefined): { readonly host: string; readonly port: number } => {
  const [, host = '127.0.0.1', port] = /^(?:\[?([^\]]+?)\]?:)?(\d{1,5})$/.exec(text ?? '0') ?? [];
  if (port !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  throw refuse('--listen', text ?? '', 'PORT or HOST:PORT');
};

export const waitFlag = (text = 'firstCall'): WaitFor => {
  if (text === 'firstCall') return { type: 'firstCall' };
  const [, type, value = ''] = /^(stdout|url|port):(.+)$/s.exec(text) ?? [];
  if (type === 'stdout') return { type, pattern: expression(value) };
  if (type === 'url' && URL.canParse(value)) return { type, url: value };
  if (type === 'port' && /^\d{1,5}$/.test(value)) return { type, port: Number(value) };
  throw refuse('--wait', text, 'firstCall, stdout:REGEX, url:URL or port:N');
};

const expression = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch (thrown) {
    throw new HarnessError('usage', `--wait stdout:${text}: ${messageOf(thrown)}`);
  }
};

const gracefulMs = 5000;

export const gracefulFlag = (text = 'SIGTERM'): GracefulShutdown => {
  const [signal, time] = text.split(':');
  if (signal !== 'SIGTERM' && signal !== 'SIGINT') throw refuse('--graceful', text, 'SIGTERM or SIGINT, and a time');
  return { signal, timeoutMs: timeFlag('--graceful', time) ?? gracefulMs };
};

export type Value = string | number | boolean | readonly (string | number | boolean)[];

/** Parses `name:key=value,key=1+2` into the name, and the values as numbers, booleans, texts and lists. */
export const settings = (
  flag: string,
  text: string,
): readonly [name: string, fields: Readonly<Record<string, Value>>] => {
  const [, name = '', rest = ''] = /^([\w-]+)(?::(.*))?$/s.exec(text) ?? [];
  if (name === '') throw refuse(flag, text, 'NAME:key=value,…');
  const fields = (rest === '' ? [] : rest.split(',')).map((part) => {
    const [, key, value] = /^(\w+)=(.*)$/s.exec(part) ?? [];
    if (key === undefined || value === undefined) throw refuse(flag, text, `key=value instead of ${part}`);
    const values = value.split('+').map(valueOf);
    return [key, values.length === 1 ? (values[0] as Value) : values] as const;
  });
  return [name, Object.fromEntries(fields)];
};

const valueOf = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
};

/** The faults of calls, and the acts on consumers under test. */
const faults = { ...callFaults, ...acts };

export const faultFlags = (texts: readonly string[] = []): readonly Variant[] =>
  texts.map((text) => {
    const [name, fields] = settings('--fault', text);
    if (!isKeyOf(faults, name))
      throw new HarnessError('usage', `--fault ${text}: there is no fault ${name}`, {
        hint: `possible: ${Object.keys(faults).join(', ')}`,
      });
    return { type: name, ...checkedFault(name, fields, text) };
  });

type Facts = Parameters<NonNullable<Fault['conflicts']>>[1];

/**
 * Throws HarnessError('usage') for a fault that cannot happen. Only the names of the clients are known here, not what
 * a program will send or read.
 */
export const assertPossible = (
  given: readonly Variant[],
  {
    producer,
    readers,
    reshard,
  }: { readonly producer: string; readonly readers: readonly string[] } & Pick<Facts, 'reshard'>,
): void => {
  const facts: Facts = {
    producers: [{ name: producer, type: 'command', records: 'own' }],
    consumers: readers.map((name) => ({ name, type: 'command' })),
    reshard,
  };
  for (const { type, ...fields } of given) {
    if (!isKeyOf(callFaults, type)) continue;
    const fault: Fault = callFaults[type];
    const [problem] = fault.conflicts?.(fault.options.parse(fields) as never, facts) ?? [];
    if (problem !== undefined) throw new HarnessError('usage', `--fault ${type}: ${problem}`);
  }
};

/** Validates the options of a fault. A single value may stand for a list of one. */
const checkedFault = (
  name: keyof typeof faults,
  fields: Readonly<Record<string, Value>>,
  text: string,
): Readonly<Record<string, Value>> => {
  const schema = faults[name].options;
  const first = schema.safeParse(fields);
  if (first.success) return fields;
  const lists = first.error.issues.flatMap((issue) =>
    issue.code === 'invalid_type' && issue.expected === 'array' ? [String(issue.path[0])] : [],
  );
  const listed = { ...fields, ...Object.fromEntries(lists.map((key) => [key, [fields[key] as string]])) };
  const again = schema.safeParse(listed);
  if (again.success) return listed;
  throw new HarnessError(
    'usage',
    `--fault ${text}: ${again.error.issues.map((issue) => explainIssue(issue, listed)).join('; ')}`,
  );
};

const actions = { split: 'SplitShard', merge: 'MergeShards', update: 'UpdateShardCount' } as const;

export const reshardFlags = (texts: readonly string[] = []): readonly ReshardPlan[] =>
  texts.map((text) => {
    const [name, { afterAcked, shard = 0, target, ...others }] = settings('--reshard', text);
    const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
    const isKnown = isKeyOf(actions, name) && Object.keys(others).length === 0 && isWhole(afterAcked);
    if (isKnown && name === 'update' && isWhole(target) && target > 0)
      return { action: 'UpdateShardCount', afterAcked, target };
    const isShard = isWhole(shard) || (typeof shard === 'string' && /^shardId-\d{12}$/.test(shard));
    if (isKnown && name !== 'update' && isShard && target === undefined)
      return { action: actions[name], afterAcked, shard: shard as number | string } as const;
    throw refuse(
      '--reshard',
      text,
      'split:afterAcked=N[,shard=N|shardId-…], merge:afterAcked=N[,shard=N|shardId-…] or update:afterAcked=N,target=N',
    );
  });

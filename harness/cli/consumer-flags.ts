import { HarnessError } from '../lib/error.ts';
import type { OwnLines, RecordedSubject, RecordOptions } from '../record/options.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import { commandOptions } from '../subjects/command-options.ts';
import { countFlag, timeFlag } from './record-flags.ts';

export type ConsumerFlags = {
  readonly consumer?: string;
  readonly consumerName?: string;
  readonly instances?: string;
  readonly lines?: string;
  readonly prefix?: string;
  readonly owes?: string;
  readonly done?: string;
  readonly sentinel?: string;
  readonly aggregates?: string;
};

const doneMs = 60_000;

/** The consumer under test. Without `--consumer`, `--lines` means that the program itself writes the lines. */
export const consumerFlags = (
  flags: ConsumerFlags,
  { timeoutMs }: { readonly timeoutMs: number },
): Pick<RecordOptions, 'subjects' | 'ownLines'> => {
  const name = flags.consumerName ?? 'consumer';
  const shared = {
    doneMs: timeFlag('--done', flags.done) ?? doneMs,
    ...(flags.prefix === undefined ? {} : { prefix: flags.prefix }),
    ...(flags.owes === undefined ? {} : { owes: flags.owes }),
  };
  const consumer = {
    role: 'subject',
    run: ['sh', '-c', flags.consumer ?? ''],
    instances: countFlag('--instances', flags.instances) ?? 1,
    lines: linesOf(flags.lines ?? 'stdout'),
    timeoutMs,
    ...(flags.sentinel === undefined ? {} : { sentinel: sentinelOf(flags.sentinel) }),
    ...(flags.aggregates === undefined ? {} : { aggregates: flags.aggregates }),
    ...shared,
  };
  const parsed = commandOptions.safeParse(consumer);
  if (!parsed.success)
    throw new HarnessError(
      'usage',
      `--consumer: ${parsed.error.issues.map((issue) => explainIssue(issue, consumer)).join('; ')}`,
    );
  if (flags.consumer !== undefined)
    return { subjects: [{ type: 'command', name, ...consumer } satisfies RecordedSubject], ownLines: undefined };
  return { subjects: [], ownLines: ownLinesOf(flags, name, parsed.data) };
};

const ownLinesOf = (
  flags: ConsumerFlags,
  name: string,
  {
    owes,
    prefix,
    doneMs: done,
  }: { readonly owes?: unknown; readonly prefix?: string | undefined; readonly doneMs: number },
): OwnLines | undefined => {
  const needed = Object.entries({
    instances: flags.instances,
    sentinel: flags.sentinel,
    aggregates: flags.aggregates,
  });
  for (const [flag, value] of needed)
    if (value !== undefined) throw new HarnessError('usage', `--${flag} is about a consumer: name it with --consumer`);
  const isAsked = [flags.lines, flags.owes, flags.consumerName].some((value) => value !== undefined);
  if (!isAsked) return undefined;
  if (flags.lines !== undefined && flags.lines !== 'stdout' && flags.lines !== 'http')
    throw new HarnessError('usage', `--lines ${flags.lines}: without --consumer, stdout or http`, {
      hint: 'the program writes its lines to its standard output, or POSTs them to {endpoint}/_kinesis-order/lines',
    });
  return {
    name,
    isOnStdout: flags.lines !== 'http',
    doneMs: done,
    ...(prefix === undefined ? {} : { prefix }),
    ...(typeof owes === 'string' ? { owes: { from: owes as 'TRIM_HORIZON' | 'LATEST', shards: 'all' } } : {}),
  };
};

const linesOf = (text: string): unknown => (text.startsWith('file:') ? { file: text.slice('file:'.length) } : text);

const sentinelOf = (text: string): unknown => (text === 'none' ? false : { payload: text });

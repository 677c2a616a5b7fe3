import type { Head, Identity } from '../model/event.ts';
import type { Question } from '../model/expectations.ts';
import type { Lack } from './lack.ts';

export type ImportHeadOptions = {
  readonly run: string;
  readonly startedAt: number | undefined;
  readonly hasPuts: boolean;
  readonly question: Question;
  readonly identity: Identity;
  readonly clockSkewMs: number | undefined;
  readonly stream: string | undefined;
  readonly format: string;
  readonly files: readonly string[];
  readonly lacks: readonly Lack[];
  readonly version: string;
  /** Set if the stream itself was read. */
  readonly known: Pick<Head, 'stream' | 'target'> | undefined;
};

/** The head of an imported history. It lists what the files do not contain. */
export const importHead = (options: ImportHeadOptions): Head => {
  const { run, startedAt, hasPuts, question, identity, clockSkewMs, stream, format, files, lacks, known } = options;
  return {
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run,
    ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt / 1000).toISOString() }),
    recorded: hasPuts ? ['puts', 'pages'] : ['pages'],
    stream: { ...known?.stream, ...(stream === undefined ? {} : { name: stream }), shared: true },
    ...(known?.target === undefined ? {} : { target: known.target }),
    question,
    recorder: 'import',
    ...(startedAt === undefined ? { clock: 'none' as const } : {}),
    identity,
    ...(clockSkewMs === undefined ? {} : { tolerances: { clockSkewMs } }),
    scenario: { name: stream ?? files[0] ?? format, expect: expectOf(options) },
    import: { format, files, lacks },
    versions: { 'kinesis-order': options.version },
  };
};

const ofStored = ['subject-loss', 'checkpoint-ahead', 'fetched-not-delivered', 'reader-divergence', 'lost-in-view'];

/**
 * What is allowed or ignored, because logs cannot prove it. Without puts it is unknown how often a record was sent. A
 * log may begin late or lack lines. What the files do not contain is not judged: generated numbers, missing times.
 * With puts, reads from the stream are only known from what was delivered to the consumer.
 */
const expectOf = ({ hasPuts, lacks }: ImportHeadOptions): Readonly<Record<string, readonly string[]>> => {
  const isVague = !hasPuts || lacks.includes('number');
  const allow = [...(isVague ? ['duplicate'] : []), ...(hasPuts ? ['phantom', 'poll-skip'] : [])];
  const ignore = [
    ...(hasPuts && lacks.includes('stored') ? ofStored : []),
    ...(lacks.includes('number') ? ['seq-collision', 'seq-out-of-range', 'shard-encoding'] : []),
    ...(lacks.includes('time') ? ['arrival-regression'] : []),
  ];
  return { ...(allow.length === 0 ? {} : { allow }), ...(ignore.length === 0 ? {} : { ignore }) };
};

import type { Head, Identity, Question } from '../model/event.ts';
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
  /** The stream itself was read. */
  readonly known: Pick<Head, 'stream' | 'target'> | undefined;
};

/** The first line of a history that was made of files of somebody else: what they cannot tell stands in it. */
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
    scenario: { name: stream ?? files[0] ?? format, expect: expectOf(hasPuts, lacks) },
    import: { format, files, lacks },
    versions: { 'kinesis-order': options.version },
  };
};

/**
 * What logs cannot hold against anybody: without puts nobody knows how often a record was sent, and a log may begin
 * late or leave lines out.
 */
const expectOf = (hasPuts: boolean, lacks: readonly Lack[]): Readonly<Record<string, readonly string[]>> => {
  if (!hasPuts) return { allow: ['duplicate'] };
  const isVague = lacks.includes('number') || lacks.includes('unique-counter');
  return {
    allow: ['phantom', 'poll-skip', ...(isVague ? ['duplicate'] : [])],
    ...(lacks.includes('stored') ? { ignore: ['subject-loss', 'checkpoint-ahead', 'fetched-not-delivered'] } : {}),
  };
};

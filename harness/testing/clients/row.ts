import type { HistoryVerdict } from '../../model/verdict.ts';
import type { Clients } from './install.ts';

/** What a client counted itself, in the last line that it printed. */
export type Counted = Readonly<Record<string, number>>;

export type Seen = {
  readonly code: number;
  /** Undefined if no stream was recorded. */
  readonly history: HistoryVerdict | undefined;
  readonly counted: Counted;
  /** Lines of the history. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly output: string;
};

/** One client, one fault, one verdict. The expectation was written down before the first run. */
export type Row = {
  readonly name: string;
  readonly client: string;
  readonly fault: string;
  /** In words, for the table. */
  readonly expected: string;
  readonly command: (clients: Clients) => readonly string[] | undefined;
  /** A consumer under test that runs beside it. */
  readonly consumer?: (clients: Clients) => readonly string[] | undefined;
  readonly flags: readonly string[];
  /** Its consumer keeps leases in a DynamoDB. */
  readonly hasLeases?: true;
  /** Default: `orders`. */
  readonly stream?: string;
  /** What is not as expected, one sentence each. */
  readonly problems: (seen: Seen) => readonly string[];
  /**
   * The number of runs of a row that depends on a race inside the client: one of them must show it. Of a clean row:
   * the number of runs on each engine.
   */
  readonly runs?: number;
  /** True if it belongs to the half that CI repeats. */
  readonly isQuick: boolean;
  /** The engines; default: kinesis-local alone. */
  readonly engines?: readonly string[];
};

type Expect = {
  readonly code: number;
  readonly violated?: readonly string[];
  readonly kept?: boolean | null;
  readonly acked?: number;
};

/** Checks exit code, violated claims, and whether order reached the readers. */
export const expecting =
  ({ code, violated = [], kept, acked }: Expect, more: (seen: Seen) => readonly (string | undefined)[] = () => []) =>
  (seen: Seen): readonly string[] => {
    const { history } = seen;
    if (history === undefined) return [`there is no history; exit code ${seen.code}: ${seen.output.slice(-500)}`];
    const found = history.claims
      .filter(({ verdict }) => verdict === 'violated')
      .map(({ anomaly }) => anomaly as string);
    const problems = [
      seen.code === code ? undefined : `exit code ${seen.code}, expected ${code}`,
      found.join() === violated.join()
        ? undefined
        : `violated: ${found.join(', ') || 'nothing'}; expected ${violated.join(', ') || 'nothing'}`,
      kept === undefined || history.order.kept === kept
        ? undefined
        : `order kept: ${history.order.kept}, expected ${kept}`,
      acked === undefined || history.counts.acked === acked
        ? undefined
        : `${history.counts.acked} acknowledged, expected ${acked}`,
      ...more(seen),
    ];
    return problems.filter((problem) => problem !== undefined);
  };

export const foundOf = ({ history }: Seen, anomaly: string): number =>
  history?.claims.find((claim) => claim.anomaly === anomaly)?.found ?? 0;

/** Kinds and blames of an anomaly's findings, each combination once. */
export const kindsOf = ({ history }: Seen, anomaly: string): readonly string[] => [
  ...new Set(
    (history?.findings ?? [])
      .filter((finding) => finding.anomaly === anomaly)
      .map(({ kind, blame }) => `${kind ?? 'none'} ${blame ?? 'nobody'}`),
  ),
];

export const same = (what: string, got: unknown, expected: unknown): string | undefined =>
  JSON.stringify(got) === JSON.stringify(expected)
    ? undefined
    : `${what}: ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`;

/** The number of records that pages of enhanced fan-out delivered. */
export const fanOutRecords = ({ events }: Seen): number =>
  events
    .filter(
      ({ type, reader, from, continuation }) =>
        type === 'page' && reader !== 'final' && (from ?? continuation) !== undefined,
    )
    .reduce((sum, { records }) => sum + (Array.isArray(records) ? records.length : 0), 0);

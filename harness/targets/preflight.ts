import { fatalErrorOf, isFatal } from '../kinesis/fatal-errors.ts';
import { assertFields, wrongNames } from '../kinesis/list-all.ts';
import { type RawClient, rawClient } from '../kinesis/raw.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { RunningTarget } from './target.ts';

export type PreflightFinding = { readonly what: string; readonly found: string };

/** Facts about the target that matter to a run. Preflight changes nothing on the target. */
export type Preflight = {
  readonly findings: readonly PreflightFinding[];
  /**
   * How far the target's clock is ahead of ours, milliseconds; 0 within the 2 s that its Date header cannot resolve,
   * undefined if it has none.
   */
  readonly skewMs: number | undefined;
  /** Shards that the account may still open; undefined if the target does not report it. */
  readonly shardsLeft: number | undefined;
};

/** The target answered a moment ago, so an answer that takes longer than this is left out. */
const askMs = 3000;
/**
 * Differences up to this many milliseconds count as 0: the Date header has whole seconds, and the answer takes time to
 * arrive.
 */
const sureMs = 2000;

const asked = new WeakMap<RunningTarget, Promise<Preflight>>();

/** Runs `preflight` once for each target, however many scenarios run on it. */
export const preflightOnce = (target: RunningTarget): Promise<Preflight> => {
  const known = asked.get(target) ?? preflight(target);
  asked.set(target, known);
  // After a failure the next run tries again.
  known.catch(() => asked.delete(target));
  return known;
};

/**
 * Checks reachability and rights (rejects with HarnessError('target') if they fail), and finds other streams on the
 * target, the difference of the clocks, and how many shards the account may still open.
 */
export const preflight = async (target: RunningTarget): Promise<Preflight> => {
  const raw = rawClient(target.client);
  try {
    const [streams, skewMs, limits] = await Promise.all([streamsOf(raw, target), skewOf(target), limitsOf(raw)]);
    return {
      skewMs,
      shardsLeft: limits?.left,
      findings: [
        { what: 'streams there', found: streams },
        { what: 'clock skew', found: skewWords(skewMs) },
        { what: 'shards', found: limits === undefined ? 'not reported' : `${limits.open} open of ${limits.limit}` },
      ],
    };
  } finally {
    raw.close();
  }
};

const streamsOf = async (raw: RawClient, { client, engine }: RunningTarget): Promise<string> => {
  const answer = await raw.call('ListStreams', { Limit: 100 });
  if (answer.ok) {
    assertFields('ListStreams', wrongNames(answer.output.StreamNames));
    const names = answer.output.StreamNames ?? [];
    const more = answer.output.HasMoreStreams === true ? 'more than ' : '';
    return names.length === 0 ? 'none' : `${more}${names.length}: ${names.slice(0, 5).join(', ')}`;
  }
  const { error, message } = answer;
  if (isFatal(error)) throw fatalErrorOf({ call: 'ListStreams', stream: '*', error, message });
  const address = client.endpoint ?? `AWS, ${client.region}`;
  throw new HarnessError('target', `${engine} at ${address} does not answer ListStreams: ${error}: ${message}`, {
    hint: 'check the log of the engine, or run kinesis-order doctor',
  });
};

type Limits = { readonly limit: number; readonly open: number; readonly left: number };

const limitsOf = async (raw: RawClient): Promise<Limits | undefined> => {
  const answer = await raw.call('DescribeLimits', {}, AbortSignal.timeout(askMs));
  if (!answer.ok) return undefined;
  const { ShardLimit: limit, OpenShardCount: open } = answer.output;
  return typeof limit === 'number' && typeof open === 'number' ? { limit, open, left: limit - open } : undefined;
};

/**
 * The difference of the clocks, which matters because arrival timestamps and AT_TIMESTAMP depend on the target's
 * clock.
 */
const skewOf = async ({ client }: RunningTarget): Promise<number | undefined> => {
  const address = client.endpoint ?? `https://kinesis.${client.region}.amazonaws.com`;
  const clock = systemClock();
  const before = clock.wallMs();
  const answer = await fetch(address, { signal: AbortSignal.timeout(askMs) }).catch(() => undefined);
  const date = Date.parse(answer?.headers.get('date') ?? '');
  await answer?.body?.cancel();
  if (Number.isNaN(date)) return undefined;
  const skewMs = date - (before + clock.wallMs()) / 2;
  return Math.abs(skewMs) <= sureMs ? 0 : Math.round(skewMs);
};

const skewWords = (skewMs: number | undefined): string => {
  if (skewMs === undefined) return 'not reported';
  if (skewMs === 0) return 'less than 2 s';
  return `its clock is ${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours`;
};

/** The note for a run's history; undefined if the clocks agree, or the target does not report its time. */
export const skewNote = ({ skewMs = 0 }: Preflight): string | undefined =>
  skewMs === 0 ? undefined : `clock skew: ${skewWords(skewMs)}; times of the target are compared with that tolerance`;

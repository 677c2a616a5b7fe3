import { createKinesis } from '../kinesis/create-kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { RunningTarget } from './target.ts';

export type PreflightFinding = { readonly what: string; readonly found: string };

/** What matters to a run on this target and changes nothing there: who else's streams it holds, and how far its clock is from ours. */
export const preflight = async (target: RunningTarget): Promise<readonly PreflightFinding[]> => [
  { what: 'streams there', found: await streamsOf(target) },
  { what: 'clock skew', found: await skewOf(target) },
];

const streamsOf = async ({ client }: RunningTarget): Promise<string> => {
  const kinesis = createKinesis(client);
  try {
    const names = await kinesis.listStreams();
    return names.length === 0 ? 'none' : `${names.length}: ${names.slice(0, 5).join(', ')}`;
  } finally {
    kinesis.close();
  }
};

/** By the Date header, which counts whole seconds: what is within one second is none. Arrival timestamps and AT_TIMESTAMP hang on that clock. */
const skewOf = async ({ client }: RunningTarget): Promise<string> => {
  const address = client.endpoint ?? `https://kinesis.${client.region}.amazonaws.com`;
  const before = systemClock().wallMs();
  const answer = await fetch(address, { signal: AbortSignal.timeout(3000) }).catch(() => undefined);
  const told = answer?.headers.get('date');
  if (told === undefined || told === null) return 'not told';
  const skewMs = Date.parse(told) - before;
  return Math.abs(skewMs) <= 2000 ? 'less than 2 s' : `${Math.round(skewMs / 1000)} s`;
};

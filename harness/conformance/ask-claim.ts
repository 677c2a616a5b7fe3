import type { RawCall, RawClient } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/error.ts';
import { linkedSignal } from '../lib/linked-signal.ts';
import type { Random } from '../lib/random.ts';
import type { Answer, Area } from './answer.ts';
import type { Claim } from './claim.ts';
import { Outcome } from './outcome.ts';
import { probeOf, type StreamPool } from './stream-pool.ts';
import { unthrottled } from './unthrottled.ts';

export type ClaimAnswer = Answer & { readonly claim: string; readonly area: Area; readonly ms: number };

export type Asking = {
  /** A client with a short timeout for each call, and one for the claims that move mebibytes. */
  readonly light: RawClient;
  readonly heavy: RawClient;
  readonly kept: StreamPool;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly slowness: number;
  /** How long an acknowledged record may take to become visible; default: 1,500 ms times slowness. */
  readonly patienceMs?: number;
};

/** The deadline of one probe, from its first call to its answer, on an engine of slowness 1. */
const probeDeadlineMs = 20_000;
const usualPatienceMs = 1_500;

/** Tests one claim with its own deadline, and removes its streams whatever the answer is. */
export const ask = async (id: string, claim: Claim, asking: Asking): Promise<ClaimAnswer> => {
  const { kept, clock, slowness } = asking;
  const client = claim.isHeavy === true ? asking.heavy : asking.light;
  const began = clock.now();
  const deadlineMs = Math.round((probeDeadlineMs + (claim.extraMs ?? 0)) * slowness);
  const deadline = linkedSignal(deadlineMs, [asking.signal]);
  const { probe, names } = probeOf(kept, {
    call: unthrottled(callWithin(client, deadline.signal), clock, deadline.signal),
    clock,
    random: asking.random.fork(id),
    signal: deadline.signal,
    patienceMs: asking.patienceMs ?? Math.round(usualPatienceMs * slowness),
  });
  try {
    const answer = await answerOf(claim.probe(probe), deadline.signal, deadlineMs);
    await kept.remove(names);
    return {
      claim: id,
      area: claim.area,
      kind: answer.kind,
      saw: withoutNames(answer.saw),
      ms: Math.round((clock.now() - began) / 1000),
    };
  } finally {
    deadline.release();
  }
};

/** Replaces the names of the run's streams, so that results of two runs can be compared. */
const withoutNames = (saw: string): string => saw.replace(/kinesis-order-\w+-\d+/g, 'STREAM').replace(/\s+/g, ' ');

/** Calls end at the deadline, except a subscription, which has its own signal. */
const callWithin =
  (client: RawClient, deadline: AbortSignal): RawCall =>
  (operation, input, own) =>
    client.call(operation, input, own ?? deadline);

/** The answer of a probe. Does not wait beyond the deadline, even if the probe hangs. */
const answerOf = async (probing: Promise<string>, signal: AbortSignal, deadlineMs: number): Promise<Answer> => {
  try {
    return { kind: 'conforms', saw: await Promise.race([probing, aborted(signal)]) };
  } catch (thrown) {
    if (signal.aborted) return { kind: 'no answer', saw: `${messageOf(thrown)} (deadline ${deadlineMs} ms)` };
    if (thrown instanceof Outcome) return { kind: thrown.kind, saw: thrown.message };
    return { kind: 'error', saw: `the answer could not be understood: ${messageOf(thrown)}` };
  }
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(new Outcome('no answer', 'the probe did not come to an end'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

import type { Claim } from '../conformance/claim.ts';
import { type ConformanceResult, conformanceFormat } from '../conformance/result.ts';
import { runClaims } from '../conformance/run-claims.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { versions } from '../lib/own-version.ts';
import { publicAddress } from '../lib/public-address.ts';
import { seededRandom } from '../lib/random.ts';
import { several } from '../lib/several.ts';
import { priceOfStreams } from '../session/aws-plan.ts';
import { startChoice } from '../session/start-target.ts';
import { chooseTarget } from '../session/target-choice.ts';
import type { RunningTarget } from '../targets/target.ts';
import { ClaimsSeen } from './claims-seen.ts';
import { consoleFor } from './console.ts';
import { noticeOf } from './deadlines.ts';
import { interruption } from './interrupt.ts';
import { ticking, whileWaiting } from './ticking.ts';

export type AskOptions = {
  readonly target?: string;
  readonly endpoint?: string;
  readonly engineVersion?: string;
  readonly region: string;
  readonly only?: readonly string[];
  readonly parallel: number;
  readonly yes?: boolean;
};

/**
 * Starts or attaches to an engine, tests the claims on it with live progress on stderr, and returns its answers. Stops
 * the engine on every path. Rejects with HarnessError('interrupted') on a signal.
 */
export const askEngine = async (
  claims: Readonly<Record<string, Claim>>,
  options: AskOptions,
): Promise<ConformanceResult> => {
  const choice = chooseTarget(options, {});
  consent(choice.name, options, Object.keys(claims).length);
  const { signal, dispose } = interruption('`kinesis-order clean` removes what it left on the target');
  const words = consoleFor(true);
  const clock = systemClock();
  let target = await whileWaiting(words, `starting ${choice.name}`, clock.now, startChoice(choice, signal));
  const seen = new ClaimsSeen();
  const stop = ticking(words, () => seen.text);
  try {
    words.human(
      `kinesis-order: ${several(Object.keys(claims).length, 'claim')} asked of ${target.engine} ${target.version}${noticeOf(target)}\n`,
    );
    const at = new Date(clock.wallMs()).toISOString();
    const revive = async (): Promise<ClientOptions> => {
      await target.stop();
      target = await startChoice(choice, signal);
      return clientOf(target);
    };
    const answers = await runClaims({
      client: clientOf(target),
      claims,
      run: `cf${(clock.wallMs() % 1e9).toString(36)}${process.pid.toString(36)}`,
      clock,
      random: seededRandom('conformance'),
      signal,
      slowness: target.slowness,
      parallel: options.parallel,
      onAsk: (claim) => seen.asked(claim),
      onAnswer: (answer, progress) => {
        const line = seen.answered(answer, progress);
        if (!process.stderr.isTTY) words.human(`${line}\n`);
      },
      // An engine that somebody else runs is not started again.
      ...(choice.endpoint === undefined ? { revive } : {}),
    });
    if (signal.aborted) throw new HarnessError('interrupted', 'interrupted; the streams of the probes were removed');
    const { engine, version } = target;
    return {
      format: conformanceFormat,
      version: 1,
      engine,
      engineVersion: version,
      at,
      seconds: Math.round(clock.now() / 1e5) / 10,
      versions: versions(),
      command: commandOf(choice.name, options),
      answers: [...answers],
    };
  } finally {
    stop();
    await target.stop();
    dispose();
  }
};

const consent = (target: string, options: AskOptions, claims: number): void => {
  if (target !== 'aws' || options.yes === true) return;
  const price = priceOfStreams(claims);
  throw new HarnessError(
    'usage',
    `on AWS ${several(claims, 'claim')} make and delete about as many streams: ${price}; a probe of more shards, or of an on-demand stream, costs more`,
    {
      hint: 'say --yes to agree, or ask fewer with --only',
    },
  );
};

/** In milliseconds. On a slow engine, a call of 10 MiB takes longer than any call of a scenario. */
const callTimeoutMs = 20_000;

const clientOf = ({ client, slowness }: RunningTarget): ClientOptions => ({
  ...client,
  requestTimeoutMs: Math.max(client.requestTimeoutMs, callTimeoutMs * slowness),
});

const commandOf = (target: string, options: AskOptions): string =>
  [
    `npx kinesis-order conformance --target ${target}`,
    ...(options.endpoint === undefined ? [] : [`--endpoint ${publicAddress(options.endpoint)}`]),
    ...(options.engineVersion === undefined ? [] : [`--engine-version ${options.engineVersion}`]),
  ].join(' ');

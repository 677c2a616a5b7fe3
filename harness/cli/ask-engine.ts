import { createRequire } from 'node:module';
import type { ClaimAnswer } from '../conformance/ask-claim.ts';
import type { Claim } from '../conformance/claim.ts';
import { type ConformanceResult, conformanceFormat } from '../conformance/result.ts';
import { type ClaimsProgress, runClaims } from '../conformance/run-claims.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { seededRandom } from '../lib/random.ts';
import { startChoice } from '../session/start-target.ts';
import { chooseTarget } from '../session/target-choice.ts';
import type { RunningTarget } from '../targets/target.ts';
import { interruption } from './interrupt.ts';

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
 * Starts or attaches to an engine, asks it the claims with live progress on stderr, stops it on every path, and says
 * what it answered.
 */
export const askEngine = async (
  claims: Readonly<Record<string, Claim>>,
  options: AskOptions,
): Promise<ConformanceResult> => {
  const choice = chooseTarget(options, {});
  consent(choice.name, options, Object.keys(claims).length);
  const { signal, dispose } = interruption('`kinesis-order clean` removes what it left on the target');
  let target = await startChoice(choice, signal);
  try {
    const clock = systemClock();
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
      onAnswer: progress,
      // What somebody else runs is not ours to start again.
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
    await target.stop();
    dispose();
  }
};

const consent = (target: string, options: AskOptions, claims: number): void => {
  if (target !== 'aws' || options.yes === true) return;
  throw new HarnessError('usage', `on AWS ${claims} claims make and delete about as many streams, and cost money`, {
    hint: 'say --yes to agree, or ask fewer with --only',
  });
};

/** A call of 10 MiB takes a slow engine longer than any call of a scenario. */
const callTimeoutMs = 20_000;

const clientOf = ({ client, slowness }: RunningTarget): ClientOptions => ({
  ...client,
  requestTimeoutMs: Math.max(client.requestTimeoutMs, callTimeoutMs * slowness),
});

const progress = (answer: ClaimAnswer, { phase, done, planned }: ClaimsProgress): void => {
  const how = phase === 'asked' ? 'claims' : 'claims asked once more alone';
  const line = `${done} of ${planned} ${how} · ${answer.claim}: ${answer.kind}`;
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001b[2K${line.slice(0, 110)}${done === planned ? '\r\u001b[2K' : ''}`);
  else process.stderr.write(`${line}\n`);
};

const commandOf = (target: string, options: AskOptions): string =>
  [
    `npx kinesis-order conformance --target ${target}`,
    ...(options.endpoint === undefined ? [] : [`--endpoint ${options.endpoint}`]),
    ...(options.engineVersion === undefined ? [] : [`--engine-version ${options.engineVersion}`]),
  ].join(' ');

const versions = (): Record<string, string> => ({
  'kinesis-order': versionIn('../../package.json'),
  sdk: versionIn('@aws-sdk/client-kinesis/package.json'),
  node: process.versions.node,
});

const versionIn = (path: string): string =>
  (createRequire(import.meta.url)(path) as { readonly version: string }).version;

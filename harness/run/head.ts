import { isKeyOf } from '../lib/is-key-of.ts';
import { versions } from '../lib/own-version.ts';
import type { Head } from '../model/event.ts';
import { producers as registry } from '../producers/registry.ts';
import type { Provisioned } from '../provision/provisioner.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { headIdentity } from '../tap/identity/identify.ts';
import { distributionUnder } from './arm.ts';
import type { RunOptions } from './options.ts';
import type { PresentEnd } from './present-end.ts';
import { identityIn } from './programs.ts';

export type HeadOptions = Pick<RunOptions, 'run' | 'scenario' | 'target' | 'clock' | 'slice'> & {
  readonly stream: Provisioned;
  /** Only if the stream existed before the run. */
  readonly presentEnd?: PresentEnd;
  /** Difference between the target's clock and ours, in milliseconds. */
  readonly skewMs?: number | undefined;
};

/**
 * The first line of a history: all that the judge learns about engine, stream and intent. It never contains
 * credentials.
 */
export const headOf = ({ run, scenario, target, clock, stream, presentEnd, skewMs = 0, slice }: HeadOptions): Head => ({
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run,
  startedAt: new Date(clock.wallMs() - clock.now() / 1000).toISOString(),
  seed: scenario.seed,
  ...(slice === undefined ? {} : { slice }),
  recorded: ['puts', 'pages'],
  stream: {
    name: stream.name,
    mode: stream.mode,
    distribution: distributionUnder(scenario.faults) ?? stream.distribution,
    retentionHours: stream.retentionHours,
    ...(stream.maxRecordSizeKiB === undefined ? {} : { maxRecordSizeKiB: stream.maxRecordSizeKiB }),
    ...(presentEnd === undefined ? { shared: false } : { shared: true, presentEnd }),
  },
  target: { engine: target.engine, version: target.version, deviations: target.deviations },
  tolerances: { settleMs: 5000, skewMs: 1000 + Math.abs(skewMs) },
  ...programsHead(scenario),
  scenario: withoutSecrets(scenario),
  versions: versions(),
});

/**
 * The fields of the head for the user's programs: who recorded the calls, and how records are identified. Empty if all
 * records are this tool's own.
 */
const programsHead = ({ producers }: ResolvedScenario): Pick<Head, 'recorder' | 'identity' | 'question'> => {
  if (!producers.some(({ type }) => isKeyOf(registry, type) && 'needsGateway' in registry[type])) return {};
  const identity = identityIn(producers);
  return {
    question: 'pipeline',
    recorder: 'proxy',
    ...(identity === undefined ? {} : { identity: headIdentity(identity) }),
  };
};

/** Masks the values of NoEcho parameters, which no history contains. */
const withoutSecrets = (scenario: ResolvedScenario): ResolvedScenario => {
  const { template } = scenario.stream;
  if (template === undefined || template.secret.length === 0) return scenario;
  const masked = Object.fromEntries(template.secret.map((name) => [name, '****']));
  const parameters = { ...template.parameters, ...masked };
  return { ...scenario, stream: { ...scenario.stream, template: { ...template, parameters } } };
};

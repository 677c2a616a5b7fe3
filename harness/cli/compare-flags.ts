import { type Arm, arms } from '../compare/arms.ts';
import { type CompareRequest, sweeps } from '../compare/plan-compare.ts';
import { formats } from '../compare/render/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { producers } from '../producers/registry.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import type { TargetFlags } from '../session/target-choice.ts';
import { countFlag, faultFlags, refuse, settings } from './record-flags.ts';

/** The flags as commander passes them. */
export type CompareFlags = TargetFlags & {
  readonly arm?: readonly string[];
  readonly rate?: string;
  readonly seconds?: string;
  readonly rounds?: string;
  readonly arrivals?: string;
  readonly seed?: string;
  readonly poll?: string;
  readonly sweep?: string;
  readonly rateMax?: string;
  readonly fault?: readonly string[];
  readonly adversary?: string;
  readonly intensity?: string;
  readonly reporter?: readonly string[];
  readonly format?: readonly string[];
  readonly out?: string;
  readonly keepReports?: string;
  readonly keep?: boolean;
  readonly yes?: boolean;
  readonly config?: string;
  readonly baseline?: string;
  readonly failIf?: readonly string[];
};

export const compareRequest = (
  files: readonly string[],
  command: readonly string[],
  flags: CompareFlags,
): CompareRequest => {
  const [file, ...more] = files;
  if (more.length > 0)
    throw new HarnessError('usage', `compare takes one scenario file, and was given ${files.join(', ')}`, {
      hint: 'a command stands behind --',
    });
  const seeds = countFlag('--adversary', flags.adversary, roundsMax);
  const rounds = countFlag('--rounds', flags.rounds, roundsMax);
  if (seeds !== undefined && rounds !== undefined)
    throw new HarnessError('usage', '--adversary says how many rounds there are, and --rounds does, too: say one');
  if (flags.intensity !== undefined && seeds === undefined)
    throw new HarnessError('usage', '--intensity belongs to --adversary', { hint: 'say --adversary 3 as well' });
  const said = {
    file,
    command: command.length === 0 ? undefined : command,
    arms: flags.arm?.map(armFlag),
    rate: aboveZero('--rate', flags.rate, rateMax),
    seconds: aboveZero('--seconds', flags.seconds, secondsMax),
    rounds: seeds ?? rounds,
    arrivals: arrivalsFlag(flags.arrivals),
    pollMs: countFlag('--poll', flags.poll, 60_000),
    faults: faultFlags(flags.fault),
    adversary: seeds === undefined ? undefined : intensityOf(flags.intensity),
    sweep: sweepFlag(flags.sweep),
    rateMax: aboveZero('--rate-max', flags.rateMax, rateMax),
    ...pick(flags),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
};

const rateMax = 100_000;
const secondsMax = 3600;
const roundsMax = 1000;

const pick = ({ target, endpoint, engineVersion, region, profile, seed, out, keep, yes, config }: CompareFlags) => ({
  target,
  endpoint,
  engineVersion,
  region,
  profile,
  seed,
  out,
  keep,
  yes,
  config,
});

const aboveZero = (flag: string, text: string | undefined, max: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (value > 0 && value <= max) return value;
  throw refuse(flag, text, `a number above 0, at most ${max.toLocaleString('en-US')}`);
};

const arrivalsFlag = (text: string | undefined): CompareRequest['arrivals'] => {
  if (text === undefined || text === 'constant' || text === 'poisson') return text;
  throw refuse('--arrivals', text, 'constant or poisson');
};

const sweepFlag = (text: string | undefined): CompareRequest['sweep'] => {
  const found = sweeps.find((sweep) => sweep === text);
  if (text === undefined || found !== undefined) return found;
  throw refuse('--sweep', text, sweeps.join(', '));
};

const intensityOf = (text: string | undefined): { readonly intensity?: number } => {
  const intensity = aboveZero('--intensity', text, 0.5);
  return intensity === undefined ? {} : { intensity };
};

/** Parses an arm: `put-record-snfo`, or `putRecords:batch=500,inFlight=4`. */
const armFlag = (text: string): Arm => {
  if (isKeyOf(arms, text)) return { name: text, ...arms[text] };
  const [type, fields] = settings('--arm', text);
  if (!isKeyOf(producers, type))
    throw new HarnessError('usage', `--arm ${text}: there is no arm and no producer ${type}`, {
      hint: `possible: ${Object.keys(arms).join(', ')}, or TYPE:key=value,… of ${Object.keys(producers).join(', ')}`,
    });
  // A producer that needs a rate gets the rate of the comparison later.
  const parsed = producers[type].options.safeParse({ ...fields, rate: 1 });
  if (!parsed.success)
    throw new HarnessError(
      'usage',
      `--arm ${text}: ${parsed.error.issues.map((issue) => explainIssue(issue, fields)).join('; ')}`,
    );
  return { name: text.replaceAll(/[^\w.-]+/g, '-').slice(0, 40), what: text, producer: { type, ...fields } };
};

export type CompareOutput = { readonly format: keyof typeof formats; readonly file: string | undefined };

export const compareOutputs = ({ reporter = [], format = [] }: CompareFlags): readonly CompareOutput[] => {
  const given = [...reporter, ...format];
  return (given.length === 0 ? ['terminal'] : given).map((text) => {
    const [name = '', ...rest] = text.split('=');
    if (isKeyOf(formats, name)) return { format: name, file: rest.length === 0 ? undefined : rest.join('=') };
    throw new HarnessError('usage', `--reporter: there is no reporter ${JSON.stringify(name)} of a comparison`, {
      hint: `possible: ${Object.keys(formats).join(', ')}, each also as name=file`,
    });
  });
};

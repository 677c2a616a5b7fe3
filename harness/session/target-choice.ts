import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { publicAddress } from '../lib/public-address.ts';
import { shellWord } from '../lib/shell-word.ts';
import { type TargetName, targets } from '../targets/registry.ts';
import type { Config } from './settings.ts';

/** The choice of an engine: in flags, in the configuration file, and in options of the functions for tests. */
export type TargetFlags = {
  readonly target?: string;
  readonly endpoint?: string;
  readonly engineVersion?: string;
  readonly region?: string;
  /** AWS only. */
  readonly profile?: string;
};

export type TargetChoice = {
  readonly name: TargetName;
  readonly endpoint?: string;
  readonly engineVersion?: string;
  readonly region?: string;
  /** AWS only. */
  readonly profile?: string;
  /** Why this engine was chosen, if neither flags nor the configuration file alone decide. */
  readonly because?: string;
};

/**
 * Chooses the engine. Flags override the environment, and the environment overrides the configuration file, as with
 * AWS's own tools. Without any of them the embedded engine runs; AWS only if it is named. An address belongs to the
 * engine that it was given with: if another engine is named, the address is ignored. Throws HarnessError('usage').
 */
export const chooseTarget = (flags: TargetFlags, config: Config): TargetChoice => {
  const { address, name, because } = enginePlace(flags, config);
  const endpoint = address === undefined ? undefined : publicAddress(address);
  if (!isKeyOf(targets, name)) {
    throw new HarnessError('usage', `--target: there is no target ${JSON.stringify(name)}`, {
      hint: `possible: ${Object.keys(targets).join(', ')}`,
    });
  }
  if (flags.profile !== undefined && name !== 'aws') {
    throw new HarnessError('usage', `--profile ${flags.profile}: the target ${name} knows no profiles`, {
      hint: 'say --target aws as well',
    });
  }
  // A version belongs to the engine that it was given with.
  const isSame = config.target === undefined ? because === undefined : name === config.target;
  return {
    name,
    ...given('endpoint', endpoint),
    ...given('engineVersion', flags.engineVersion ?? (isSame ? config.engineVersion : undefined)),
    ...given('region', flags.region ?? config.region),
    ...given('profile', name === 'aws' ? (flags.profile ?? config.profile) : undefined),
    ...given('because', because),
  };
};

type EnginePlace = { readonly name: string; readonly address?: string | undefined; readonly because?: string };

const enginePlace = (flags: TargetFlags, config: Config): EnginePlace => {
  if (flags.endpoint !== undefined) return { name: flags.target ?? attachable(config.target), address: flags.endpoint };
  const asked = flags.target;
  const environment = asked === undefined || asked === 'endpoint' ? endpointOfEnvironment() : undefined;
  const own = asked === undefined || asked === config.target ? config.endpoint : undefined;
  if (environment === undefined || environment.address === own)
    return { name: asked ?? config.target ?? (own === undefined ? 'kinesis-local' : 'endpoint'), address: own };
  const name = asked ?? attachable(config.target);
  const left = own ?? (asked === undefined && name !== config.target ? config.target : undefined);
  const over = left === undefined ? '' : `, which goes over ${left} of the configuration file`;
  return {
    name,
    address: environment.address,
    because: `${environment.name} says so${over}`,
  };
};

/**
 * The target for an address. AWS, and engines that can only be started, do not run at an address, so the target is
 * then `endpoint`.
 */
const attachable = (name: string | undefined): string =>
  name === undefined || name === 'aws' || (isKeyOf(targets, name) && targets[name].isStartedOnly === true)
    ? 'endpoint'
    : name;

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

const endpointOfEnvironment = (): { readonly name: string; readonly address: string } | undefined => {
  for (const name of ['AWS_ENDPOINT_URL_KINESIS', 'AWS_ENDPOINT_URL']) {
    const address = process.env[name];
    if (address !== undefined && address !== '') return { name, address };
  }
  return undefined;
};

/** The flags of the choice, for the replay line. What was not given is left out. */
export const targetArgsOf = ({ name, ...choice }: TargetChoice): string => {
  const flags = [
    ['--endpoint', choice.endpoint],
    ['--engine-version', choice.engineVersion],
    ['--region', choice.region],
    ['--profile', choice.profile],
  ] as const;
  const said = flags.flatMap(([flag, value]) => (value === undefined ? [] : [` ${flag} ${shellWord(value)}`]));
  return [name === 'kinesis-local' ? '' : ` --target ${name}`, ...said].join('');
};

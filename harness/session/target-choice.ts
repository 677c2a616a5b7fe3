import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { publicAddress } from '../lib/public-address.ts';
import { shellWord } from '../lib/shell-word.ts';
import { type TargetName, targets } from '../targets/registry.ts';
import type { Config } from './settings.ts';

/** Which engine: as flags, in the configuration file, and as options of the functions for tests. */
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
};

/**
 * What is said goes over the configuration file, and both over the environment: the engine that was named, else an
 * endpoint of the environment, else the embedded one. An address belongs to the engine it was said with: naming
 * another engine leaves it aside. AWS only when it is said.
 */
export const chooseTarget = (flags: TargetFlags, config: Config): TargetChoice => {
  const isOther = flags.target !== undefined && config.target !== undefined && flags.target !== config.target;
  const of = isOther ? {} : config;
  const said = flags.target ?? config.target;
  const isOpen = said === undefined || said === 'endpoint';
  const address = flags.endpoint ?? of.endpoint ?? (isOpen ? endpointOfEnvironment() : undefined);
  const endpoint = address === undefined ? undefined : publicAddress(address);
  const name = said ?? (endpoint === undefined ? 'kinesis-local' : 'endpoint');
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
  return {
    name,
    ...given('endpoint', endpoint),
    ...given('engineVersion', flags.engineVersion ?? of.engineVersion),
    ...given('region', flags.region ?? config.region),
    ...given('profile', name === 'aws' ? (flags.profile ?? config.profile) : undefined),
  };
};

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

const endpointOfEnvironment = (): string | undefined =>
  process.env['AWS_ENDPOINT_URL_KINESIS'] ?? process.env['AWS_ENDPOINT_URL'];

/** For the line that replays a run: where nothing was said, nothing need be. */
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

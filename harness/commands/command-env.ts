import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CommandPlace } from './command-place.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type CommandEnvOptions = {
  readonly place: CommandPlace & {
    /** A bundle with the authority of the run and the public ones. */
    readonly bundle: string | undefined;
  };
  /** The id of the run. The command's processes are found by it, whatever group they are in. */
  readonly run: string;
  /** True on AWS: then the command keeps its own credentials and region. */
  readonly isAws: boolean;
  /** True: AWS_ENDPOINT_URL_KINESIS is set, so that the program's clients call the gateway. False: it is not set. */
  readonly isPointed: boolean;
  /**
   * The user's own environment. Its credentials, region and certificate variables take precedence over those that are
   * set here; the variables of the gateway do not.
   */
  readonly env: Env;
};

/** The environment of a command: the place of the gateway, and dummy credentials and a region if it has none. */
export const commandEnv = ({
  place,
  run,
  isAws,
  isPointed,
  env,
}: CommandEnvOptions): Record<string, string | undefined> => ({
  ...(isAws ? {} : credentialsFor(env)),
  ...(isAws ? {} : regionFor(env)),
  ...trustFor(place),
  ...env,
  ...(isPointed ? { AWS_ENDPOINT_URL_KINESIS: place.endpoint } : {}),
  KINESIS_ORDER_ENDPOINT: place.endpoint,
  KINESIS_ORDER_HOST: place.host,
  KINESIS_ORDER_PORT: String(place.port),
  KINESIS_ORDER_TLS_ENDPOINT: `https://${place.host}:${place.tls}`,
  ...(place.stream === undefined ? {} : { KINESIS_ORDER_STREAM: place.stream }),
  ...(place.ca === undefined ? {} : { KINESIS_ORDER_CA: place.ca }),
  KINESIS_ORDER_RUN: run,
});

/** Variables in which the SDKs look for credentials without a network call. */
const credentialNames = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
] as const;

const credentialsFor = (env: Env): Env => {
  const file = env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials');
  if (credentialNames.some((name) => has(env, name)) || existsSync(file)) return {};
  return { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
};

const regionFor = (env: Env): Env => {
  const file = env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config');
  if (has(env, 'AWS_REGION') || has(env, 'AWS_DEFAULT_REGION') || existsSync(file)) return {};
  return { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' };
};

const has = (env: Env, name: string): boolean => (env[name] ?? '') !== '';

/**
 * The variables for certificates. AWS_CA_BUNDLE replaces all authorities that a client trusts, so the bundle holds the
 * public ones, too: other calls of the program still work.
 */
const trustFor = ({ ca, bundle }: CommandEnvOptions['place']): Env => ({
  ...(bundle === undefined ? {} : { AWS_CA_BUNDLE: bundle }),
  ...(ca === undefined ? {} : { NODE_EXTRA_CA_CERTS: ca }),
});

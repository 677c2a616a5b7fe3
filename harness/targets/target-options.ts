import { HarnessError } from '../lib/error.ts';
import type { TargetOptions } from './target.ts';

/** Emulators keep streams apart by region, and accept any region. */
export const emulatorRegion = (said: string | undefined): string =>
  said ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';

/**
 * Refuses options that cannot be met: a run on another version than the one asked for would prove the wrong thing.
 */
export const assertVersion = (engine: string, version: string, { engineVersion: asked }: TargetOptions): void => {
  if (asked === undefined || asked === version) return;
  throw new HarnessError('usage', `--engine-version ${asked}: ${engine} is here in version ${version} only`, {
    hint: 'leave it out; other versions of kinesis-local are installed on demand',
  });
};

/** For a running engine: the version that it reports counts; if it reports none, the user's. */
export const attachedVersion = (engine: string, told: string, options: TargetOptions): string => {
  const { engineVersion: said } = options;
  if (told === 'unknown') return said ?? told;
  if (said !== undefined && said !== told)
    throw new HarnessError(
      'usage',
      `--engine-version ${said}: ${engine} at ${options.endpoint} says that it is ${told}`,
      {
        hint: 'leave it out, or give the address of the other one',
      },
    );
  return told;
};

export const assertNoEndpoint = (engine: string, { endpoint }: TargetOptions): void => {
  if (endpoint === undefined) return;
  throw new HarnessError('usage', `--endpoint ${endpoint}: the target ${engine} is started, never attached to`, {
    hint: 'an engine that runs already is --target endpoint',
  });
};

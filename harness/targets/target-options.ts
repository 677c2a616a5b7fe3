import { HarnessError } from '../lib/error.ts';
import type { TargetOptions } from './target.ts';

/** Emulators keep streams by region, and take any. */
export const emulatorRegion = (said: string | undefined): string =>
  said ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';

/**
 * What was said and cannot be had is refused: a run on another version than was asked for would prove the wrong thing.
 */
export const assertVersion = (engine: string, version: string, { engineVersion: asked }: TargetOptions): void => {
  if (asked === undefined || asked === version) return;
  throw new HarnessError('usage', `--engine-version ${asked}: ${engine} is here in version ${version} only`, {
    hint: 'leave it out; other versions of kinesis-local are installed on demand',
  });
};

/** Of an engine that runs already: what it tells goes over the user's word; where it tells nothing, that is taken. */
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

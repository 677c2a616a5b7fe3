import { HarnessError } from '../lib/error.ts';
import type { TargetOptions } from './target.ts';

/** The region for an emulator. Emulators have separate streams per region, and accept any region. */
export const emulatorRegion = (asked: string | undefined): string =>
  asked ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';

/**
 * Throws HarnessError('usage') for a version that cannot be started, because a run on another version than the
 * requested one would prove the wrong thing.
 */
export const assertVersion = (engine: string, version: string, { engineVersion: asked }: TargetOptions): void => {
  if (asked === undefined || asked === version) return;
  throw new HarnessError('usage', `--engine-version ${asked}: only version ${version} of ${engine} can be started`, {
    hint: 'remove it; other versions of kinesis-local are installed on demand',
  });
};

/**
 * The version of a running engine: the one that it reports, else the user's. Throws HarnessError('usage') if they
 * differ.
 */
export const attachedVersion = (engine: string, reported: string, options: TargetOptions): string => {
  const { engineVersion: asked } = options;
  if (reported === 'unknown') return asked ?? reported;
  if (asked !== undefined && asked !== reported)
    throw new HarnessError(
      'usage',
      `--engine-version ${asked}: ${engine} at ${options.endpoint} reports version ${reported}`,
      {
        hint: 'remove it, or give the address of that version',
      },
    );
  return reported;
};

export const assertNoEndpoint = (engine: string, { endpoint }: TargetOptions): void => {
  if (endpoint === undefined) return;
  throw new HarnessError(
    'usage',
    `--endpoint ${endpoint}: the target ${engine} is always started, and cannot be attached to`,
    {
      hint: 'use --target endpoint for a running engine',
    },
  );
};

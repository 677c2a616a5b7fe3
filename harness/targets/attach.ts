import { HarnessError } from '../lib/error.ts';
import { deviationsOf } from './deviations.ts';
import { endpoint } from './endpoint.ts';
import { identify } from './identify.ts';
import type { RunningTarget, TargetOptions } from './target.ts';
import { attachedVersion } from './target-options.ts';

/**
 * Attaches to a running engine, and never stops it. It must be the named engine, because the known deviations of one
 * engine must not excuse another. Rejects with HarnessError('target') otherwise.
 */
export const attach = async (engine: string, options: TargetOptions): Promise<RunningTarget> => {
  const { engineVersion: _, ...open } = options;
  const running = await endpoint.start(open);
  const identity = await identify(options.endpoint ?? '');
  if (identity.engine !== engine) {
    const who = identity.engine === 'endpoint' ? 'an engine that does not identify itself' : identity.engine;
    throw new HarnessError('target', `${options.endpoint} is not ${engine}: ${who} answers there`, {
      hint: identity.engine === 'endpoint' ? 'use --target endpoint' : `use --target ${identity.engine}`,
    });
  }
  assertLoaded(engine, identity.services);
  const version = attachedVersion(engine, identity.version, options);
  return { ...running, name: engine, engine, version, deviations: deviationsOf(engine, version) };
};

/**
 * Throws HarnessError('target') if the engine reports that its Kinesis is not loaded. LocalStack's health page answers
 * 200 even if its Kinesis could not be imported.
 */
export const assertLoaded = (engine: string, services: Readonly<Record<string, unknown>> | undefined): void => {
  const state = services?.['kinesis'];
  if (state !== 'error' && state !== 'disabled') return;
  throw new HarnessError('target', `${engine} is up, but reports for its Kinesis: ${state}`, {
    hint:
      state === 'disabled'
        ? 'start it with SERVICES=kinesis,cloudformation'
        : 'check its log: the provider could not be loaded',
  });
};

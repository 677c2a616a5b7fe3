import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { targets } from '../targets/registry.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Config, cacheFolder, regionOf } from './settings.ts';

export type TargetFlags = { readonly target?: string; readonly endpoint?: string; readonly engineVersion?: string };

/** The engine that a run uses: the one said, else an endpoint of the environment, else the embedded one. AWS only when it is said. */
export const startTarget = (flags: TargetFlags, config: Config, signal: AbortSignal): Promise<RunningTarget> => {
  const endpoint =
    flags.endpoint ?? config.endpoint ?? process.env['AWS_ENDPOINT_URL_KINESIS'] ?? process.env['AWS_ENDPOINT_URL'];
  const said = flags.target ?? config.target;
  const isOwnEngine = said !== undefined && flags.endpoint === undefined;
  const name = said ?? (endpoint === undefined ? 'kinesis-local' : 'endpoint');
  if (!isKeyOf(targets, name)) {
    throw new HarnessError('usage', `--target: there is no target ${JSON.stringify(name)}`, {
      hint: `possible: ${Object.keys(targets).join(', ')}`,
    });
  }
  const engineVersion = flags.engineVersion ?? config.engineVersion;
  return targets[name].start({
    region: regionOf(config),
    cacheFolder: cacheFolder(process.cwd()),
    signal,
    ...(endpoint === undefined || (isOwnEngine && name !== 'endpoint') ? {} : { endpoint }),
    ...(engineVersion === undefined ? {} : { engineVersion }),
  });
};

/** For the line that replays a run. */
export const targetArgsOf = ({ target, endpoint, engineVersion }: TargetFlags): string =>
  [
    target === undefined ? '' : ` --target ${target}`,
    endpoint === undefined ? '' : ` --endpoint ${endpoint}`,
    engineVersion === undefined ? '' : ` --engine-version ${engineVersion}`,
  ].join('');

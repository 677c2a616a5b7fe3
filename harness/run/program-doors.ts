import { join } from 'node:path';
import type { Env } from '../commands/command-env.ts';
import type { Listener } from '../gateway/gateway.ts';
import type { Door } from '../producers/program.ts';
import type { DriveOptions } from './drive-options.ts';

export type DoorsOptions = {
  readonly options: Pick<DriveOptions, 'run' | 'folder' | 'scenario' | 'stream' | 'target'>;
  readonly listen: (name: string) => Promise<Listener>;
  readonly caFiles: () => Promise<{ readonly caFile: string; readonly bundleFile: string }>;
};

/** Opens ports of the gateway for the user's programs, by name. */
export const programDoors = ({ options, listen, caFiles }: DoorsOptions) => {
  const first = new Map<string, () => void>();
  const { run, folder, scenario, stream, target } = options;
  return {
    onRequest: (port: string): void => first.get(port)?.(),
    door: async (name: string): Promise<Door> => {
      const { endpoint, port } = await listen(name);
      const { caFile, bundleFile } = await caFiles();
      const fileName = name.replaceAll('/', '-');
      return {
        endpoint,
        host: new URL(endpoint).hostname,
        port,
        tls: port,
        stream,
        ca: caFile,
        bundle: bundleFile,
        firstCall: new Promise<void>((resolve) => first.set(name, resolve)),
        env: await scopeEnv(target.client),
        id: `${run}-${fileName}`,
        logFile: join(folder, `${scenario.name}.${fileName}.log`),
      };
    },
  };
};

/** An emulator finds the stream only with this tool's region and access key id. */
const scopeEnv = async ({ endpoint, region, credentials }: DriveOptions['target']['client']): Promise<Env> => {
  if (endpoint === undefined) return {};
  const known = typeof credentials === 'function' ? await credentials() : credentials;
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: known?.accessKeyId ?? 'test',
    AWS_SECRET_ACCESS_KEY: known?.secretAccessKey ?? 'test',
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
  };
};

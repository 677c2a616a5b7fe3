import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { emulator } from '../gateway/upstream/emulator.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { producers } from '../producers/registry.ts';
import { armedFaults, type Firings } from './arm.ts';
import { caFiles } from './ca-files.ts';
import type { DriveOptions } from './drive-options.ts';
import { type Programs, type ProgramsOptions, programsOf } from './programs.ts';

/** Stands between producers and the engine: the harness's own where there are faults, programs of others always. */
export type Between = Pick<Gateway, 'heal' | 'close'> &
  Programs & {
    /** For the harness's own producers. */
    readonly endpoint: string;
  };

const ownListener = 'scenario';

export const needsGateway = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.producers.some(({ type }) => isKeyOf(producers, type) && 'needsGateway' in producers[type]);

/** Undefined where nobody needs it. */
export const startBetween = async (
  options: DriveOptions,
  { fired }: Firings,
  known: Omit<ProgramsOptions, 'options' | 'listen' | 'caFiles'>,
): Promise<Between | undefined> => {
  const hasFaults = options.scenario.faults.length > 0;
  if (!hasFaults && !needsGateway(options)) return undefined;
  const { endpoint } = options.target.client;
  if (endpoint === undefined)
    throw new HarnessError(
      'usage',
      `${hasFaults ? 'faults' : 'producers'}: ${options.target.name} has no endpoint that a gateway could stand before`,
      { hint: 'run such scenarios against an emulator: AWS refuses calls that were signed for another host' },
    );
  const ca = caFiles();
  const programs = await programsOf({
    ...known,
    options,
    listen: (name) => gateway.listen(name),
    caFiles: () => ca.files(gateway),
  });
  const gateway = await startGateway({
    upstream: emulator(endpoint),
    observer: programs.observer,
    faults: armedFaults(options),
    onFired: fired,
    onRequest: programs.onRequest,
  });
  const own = await gateway.listen(ownListener);
  const close = async (): Promise<void> => {
    await gateway.close();
    await ca.remove();
  };
  return { ...programs, endpoint: own.endpoint, heal: gateway.heal, close };
};

import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { producers } from '../producers/registry.ts';
import { subjects } from '../subjects/registry.ts';
import { armedFaults, type Firings, hasGatewayFaults } from './arm.ts';
import { caFiles } from './ca-files.ts';
import type { DriveOptions } from './drive-options.ts';
import { localRoutes } from './local-routes.ts';
import { type Programs, type ProgramsOptions, programsOf } from './programs.ts';
import { upstreamOf } from './upstream.ts';

/** Stands between producers and the engine: the harness's own where there are faults, programs of others always. */
export type Between = Pick<Gateway, 'heal' | 'close'> &
  Programs & {
    /** For the harness's own producers. */
    readonly endpoint: string;
  };

const ownListener = 'scenario';

export const needsGateway = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.producers.some(({ type }) => isKeyOf(producers, type) && 'needsGateway' in producers[type]);

/** Consumers under test that read by clients of their own. */
const hasReadingPrograms = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.consumers.some(({ type }) => isKeyOf(subjects, type) && 'needsGateway' in subjects[type]);

/** Undefined where nobody needs it. */
export const startBetween = async (
  options: DriveOptions,
  { fired }: Firings,
  known: Omit<ProgramsOptions, 'options' | 'listen' | 'caFiles'>,
): Promise<Between | undefined> => {
  if (!hasGatewayFaults(options.scenario) && !needsGateway(options) && !hasReadingPrograms(options)) return undefined;
  const ca = caFiles();
  const programs = await programsOf({
    ...known,
    options,
    listen: (name) => gateway.listen(name),
    caFiles: () => ca.files(gateway),
  });
  const gateway = await startGateway({
    upstream: upstreamOf(options.target),
    observer: programs.observer,
    faults: armedFaults(options),
    onFired: fired,
    routes: [programs.linesRoute, ...localRoutes(options.target)],
    onRequest: programs.onRequest,
  });
  const own = await gateway.listen(ownListener);
  const close = async (): Promise<void> => {
    await gateway.close();
    await ca.remove();
  };
  return { ...programs, endpoint: own.endpoint, heal: gateway.heal, close };
};

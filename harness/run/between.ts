import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions, Kinesis } from '../kinesis/kinesis.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { producers } from '../producers/registry.ts';
import { subjects } from '../subjects/registry.ts';
import { areOthersFaulted, armedFaults, type Firings, hasGatewayFaults } from './arm.ts';
import { caFiles } from './ca-files.ts';
import type { DriveOptions } from './drive-options.ts';
import { localRoutes } from './local-routes.ts';
import { type Programs, type ProgramsOptions, programsOf } from './programs.ts';
import { upstreamOf } from './upstream.ts';

/**
 * The gateway in front of the engine. The tool's own producers use it if there are faults, its readers if a fault
 * affects reads or shards, and the user's programs always.
 */
export type Between = Pick<Gateway, 'heal' | 'close'> &
  Programs & {
    /** For the tool's own producers. */
    readonly endpoint: string;
    /** A client that calls through the gateway under its own name; undefined if no fault needs it. */
    readonly clientOf: ((name: string) => Kinesis) | undefined;
  };

const ownListener = 'scenario';

export const needsGateway = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.producers.some(({ type }) => isKeyOf(producers, type) && 'needsGateway' in producers[type]);

/** True if consumers under test read with their own clients. */
const hasReadingPrograms = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.consumers.some(({ type }) => isKeyOf(subjects, type) && 'needsGateway' in subjects[type]);

/** Starts the gateway of a scenario; undefined if nothing needs one. */
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
  const clients = areOthersFaulted(options.scenario.faults)
    ? namedClients({ ...options.target.client, endpoint: own.endpoint })
    : undefined;
  const close = async (): Promise<void> => {
    clients?.close();
    await gateway.close();
    await ca.remove();
  };
  return { ...programs, endpoint: own.endpoint, clientOf: clients?.of, heal: gateway.heal, close };
};

/** One client for each name, closed together. */
const namedClients = (
  options: ClientOptions,
): { readonly of: (name: string) => Kinesis; readonly close: () => void } => {
  const clients = new Map<string, Kinesis>();
  return {
    of: (name) => {
      const client = clients.get(name) ?? createKinesis({ ...options, name });
      clients.set(name, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.close();
    },
  };
};

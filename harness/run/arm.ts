import type { Fault } from '../faults/fault.ts';
import { faults } from '../faults/registry.ts';
import type { ArmedByName } from '../gateway/fault-chain.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { Variant } from '../scenario/resolved.ts';
import { acts } from '../subjects/acts/registry.ts';
import type { DriveOptions } from './drive-options.ts';

/** The client whose calls a fault affects if its options name none. */
export type DefaultClients = {
  readonly producer?: string | undefined;
  readonly reader?: string | undefined;
  /** The seed of the run. */
  readonly seed: string;
};

/** Arms a fault for the gateway. `where` names it in errors. */
export const armFault = (
  { type, ...options }: Variant,
  { id, where, seed, ...clients }: DefaultClients & { readonly id: number; readonly where: string },
): ArmedByName => {
  if (!isKeyOf(faults, type)) throw new HarnessError('usage', `${where}: there is no fault ${type}`);
  const fault: Fault = faults[type];
  const made = fault.make(options);
  const client = { put: clients.producer, read: clients.reader, list: undefined, reshard: undefined, any: undefined }[
    fault.at
  ];
  return {
    id,
    fault: type,
    ...(fault.lasts === true ? { lasts: true } : {}),
    arm: (tools) => made({ ...tools, seed, ...(client === undefined ? {} : { client }) }),
  };
};

/** Arms the faults of the scenario. Their ids count from 1 in the order of the scenario. */
export const armedFaults = ({ scenario }: DriveOptions): readonly ArmedByName[] =>
  scenario.faults.flatMap((fault, index) =>
    isKeyOf(acts, fault.type)
      ? []
      : armFault(fault, {
          id: index + 1,
          where: `faults[${index}].type`,
          producer: scenario.producers[0]?.name,
          reader: scenario.consumers[0]?.name,
          seed: scenario.seed,
        }),
  );

/**
 * True if a fault affects clients other than producers. Then readers, and clients that list or change shards, go
 * through the gateway, too.
 */
export const areOthersFaulted = (planned: readonly Variant[]): boolean =>
  planned.some(({ type }) => isKeyOf(faults, type) && faults[type].at !== 'put');

/** How the stream distributes records once one of these faults has switched it; undefined if none does. */
export const distributionUnder = (planned: readonly Variant[]): 'AUTO' | undefined =>
  planned
    .map(({ type }): Fault | undefined => (isKeyOf(faults, type) ? faults[type] : undefined))
    .find((fault) => fault?.switchesTo !== undefined)?.switchesTo;

/** True if a fault lies about shards. The lie then also reaches the topologies of the history. */
export const areListsPlanted = ({ scenario }: Pick<DriveOptions, 'scenario'>): boolean =>
  scenario.faults.some(
    ({ type }) => isKeyOf(faults, type) && faults[type].at === 'list' && faults[type].planted !== undefined,
  );

/** True if a fault affects calls. Acts affect programs instead. */
export const hasGatewayFaults = ({ faults: planned }: Pick<DriveOptions['scenario'], 'faults'>): boolean =>
  planned.some(({ type }) => !isKeyOf(acts, type));

export type Firings = {
  readonly fired: (fired: {
    readonly id: number;
    readonly fault: string;
    readonly op?: number;
    readonly detail?: Readonly<Record<string, unknown>>;
  }) => void;
  readonly finish: () => void;
};

/** Writes to the history which faults were armed, fired, or never fired. A fault that never fired tested nothing. */
export const recordFirings = ({ scenario, recorder }: DriveOptions): Firings => {
  const silent = new Map<number, string>();
  scenario.faults.forEach(({ type, ...detail }, index) => {
    silent.set(index + 1, type);
    recorder.write({ type: 'fault', fault: type, phase: 'armed', id: index + 1, detail });
  });
  return {
    fired: ({ id, fault, op, detail }) => {
      silent.delete(id);
      recorder.write({
        type: 'fault',
        fault,
        phase: 'fired',
        id,
        ...(op === undefined ? {} : { op }),
        detail: detail ?? {},
      });
    },
    finish: () => {
      for (const [id, fault] of silent) recorder.write({ type: 'fault', fault, phase: 'never-fired', id });
    },
  };
};

import { faults } from '../faults/registry.ts';
import type { ArmedByName } from '../gateway/fault-chain.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { acts } from '../subjects/acts/registry.ts';
import type { DriveOptions } from './drive-options.ts';

/** The scenario's faults, ready for the gateway. Counted from 1 in the order in which the scenario names them. */
export const armedFaults = ({ scenario }: DriveOptions): readonly ArmedByName[] =>
  scenario.faults.flatMap(({ type, ...options }, index) => {
    if (isKeyOf(acts, type)) return [];
    if (!isKeyOf(faults, type)) throw new HarnessError('usage', `faults[${index}].type: there is no fault ${type}`);
    const arm = faults[type].make({ producer: scenario.producers[0]?.name, ...options });
    return [{ id: index + 1, fault: type, arm }];
  });

/** Does a fault stand in the way of calls? Acts are done to programs. */
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

/** Armed, fired, never fired: each in the history. A fault that never fired tested nothing. */
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

import type { z } from 'zod';
import type { Random } from '../lib/random.ts';
import type { Built } from '../lib/variant.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { ArmedFault, Fault, FaultTools, FiringPoint, Legal, ProxiedCall } from './fault.ts';
import type { FaultFacts } from './fault-facts.ts';

type Spec<Type extends string, Schema extends z.ZodType> = {
  readonly type: Type;
  readonly summary: string;
  readonly at: FiringPoint;
  readonly spans?: true;
  readonly lasts?: true;
  readonly switchesTo?: 'AUTO';
  readonly options: Schema;
  readonly arm: (options: z.output<Schema>, tools: FaultTools) => ArmedFault;
  readonly conflicts?: (options: z.output<Schema>, facts: FaultFacts) => readonly string[];
  readonly draw?: (random: Random, call: ProxiedCall) => Partial<z.input<Schema>> | undefined;
} & ({ readonly legal: Legal } | { readonly planted: readonly AnomalyId[] });

/** A fault with its builder: `dropRead({ read: 3 })` is what a scenario holds. */
export type BuiltFault<Type extends string, Schema extends z.ZodType> = Omit<Fault, 'type' | 'options'> &
  Built<Type, Schema, (tools: FaultTools) => ArmedFault>;

/** Defines a fault. Its options and its builder come from one schema. */
export const defineFault = <const Type extends string, Schema extends z.ZodType<object>>({
  arm,
  ...fault
}: Spec<Type, Schema>): BuiltFault<Type, Schema> => {
  const build = (options: object = {}): object => ({ type: fault.type, ...options });
  const make = (given: unknown): ((tools: FaultTools) => ArmedFault) => {
    const options = fault.options.parse(given);
    return (tools) => arm(options, tools);
  };
  return Object.assign(build, fault, { make }) as unknown as BuiltFault<Type, Schema>;
};

import { z } from 'zod';
import type { FaultTools, ProxiedCall } from '../fault.ts';
import { clientOf, type FaultFacts, type Named } from '../fault-facts.ts';

/** Options that name a put call of a producer. Faults fire by the count of calls, never by time or chance. */
export const putOptions = {
  /** Name of the producer. Default: the first one of the scenario. */
  producer: z.string().optional(),
  /** The put call at which it fires: 1 is the producer's first one. Retries count. */
  call: z.int().min(1),
} as const;

export const callsOption = {
  /** How many consecutive calls it affects. Default 1. */
  calls: z.int().min(1).max(10_000).default(1),
} as const;

type At = { readonly producer?: string | undefined; readonly call: number; readonly calls?: number };

export const isPutOf = (
  { producer }: Pick<At, 'producer'>,
  { kind, client }: ProxiedCall,
  tools: Pick<FaultTools, 'client'>,
): boolean => {
  const wanted = producer ?? tools.client;
  return kind === 'put' && (wanted === undefined || wanted === client);
};

export const isPutCall = (options: At, call: ProxiedCall, tools: Pick<FaultTools, 'client'>): boolean =>
  call.call >= options.call && call.call < options.call + (options.calls ?? 1) && isPutOf(options, call, tools);

/** True for puts from the given call on. A lie that fires once waits for a call to which it applies. */
export const isPutFrom = (options: At, call: ProxiedCall, tools: Pick<FaultTools, 'client'>): boolean =>
  call.call >= options.call && isPutOf(options, call, tools);

/** The problems of a fault that needs a producer. `problems` is called with the producer that the fault affects. */
export const withProducer =
  <Options extends { readonly producer?: string | undefined }>(
    problems: (options: Options, producer: Named) => readonly string[] = () => [],
  ) =>
  (options: Options, { producers }: FaultFacts): readonly string[] => {
    const producer = clientOf('producer', producers, options.producer);
    return typeof producer === 'string' ? [`producer: ${producer}`] : problems(options, producer);
  };

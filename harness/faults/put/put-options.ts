import { z } from 'zod';
import type { FaultTools, ProxiedCall } from '../fault.ts';
import { clientOf, type FaultFacts, type Named } from '../fault-facts.ts';

/** By which put call of which producer a fault fires: counted from 1, retries included, never by time or chance. */
export const putOptions = {
  /** Without it, the first producer of the scenario. */
  producer: z.string().optional(),
  call: z.int().min(1),
} as const;

/** How many calls in a row it is about. */
export const callsOption = { calls: z.int().min(1).max(10_000).default(1) } as const;

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

/** From its call on, until it has hit one: lies wait for a call that they can be told of. */
export const isPutFrom = (options: At, call: ProxiedCall, tools: Pick<FaultTools, 'client'>): boolean =>
  call.call >= options.call && isPutOf(options, call, tools);

/** Problems of a fault that needs a producer: with the one that it is about. */
export const withProducer =
  <Options extends { readonly producer?: string | undefined }>(
    problems: (options: Options, producer: Named) => readonly string[] = () => [],
  ) =>
  (options: Options, { producers }: FaultFacts): readonly string[] => {
    const producer = clientOf('producer', producers, options.producer);
    return typeof producer === 'string' ? [`producer: ${producer}`] : problems(options, producer);
  };

import type { FaultTools, ProxiedCall } from './fault.ts';
import { isClient } from './fault-facts.ts';

/**
 * True if a call is of the client that the options name, else of the default one. Without either, all calls are
 * wanted.
 */
export const isWanted = (
  named: string | undefined,
  { client }: { readonly client?: ProxiedCall['client'] | undefined },
  tools: Pick<FaultTools, 'client'>,
): boolean => {
  const wanted = named ?? tools.client;
  return wanted === undefined || isClient(wanted, client);
};

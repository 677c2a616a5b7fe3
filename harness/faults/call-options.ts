import { z } from 'zod';

/** By which call of which producer a fault fires: counted from 1, retries included, never by time or chance. */
export const callOptions = {
  /** Without it, the first producer of the scenario. */
  producer: z.string().optional(),
  call: z.int().min(1),
} as const;

export const isCall = (
  { producer, call }: { readonly producer?: string | undefined; readonly call: number },
  seen: { readonly producer?: string; readonly call: number; readonly api: string },
): boolean =>
  seen.call === call &&
  (producer === undefined || seen.producer === producer) &&
  (seen.api === 'PutRecord' || seen.api === 'PutRecords');

import { z } from 'zod';
import type { WaitFor } from './wait-for.ts';

/** When a program counts as started, in the form of scenarios. */
export const waitOptions = z.union([
  z.strictObject({ firstCall: z.literal(true) }),
  z.strictObject({ stdout: z.string() }),
  z.strictObject({ url: z.url() }),
  z.strictObject({ port: z.int().min(1).max(65_535) }),
]);

export const gracefulOptions = z.strictObject({
  signal: z.enum(['SIGTERM', 'SIGINT']),
  timeoutMs: z.int().min(0),
});

export const waitOf = (given: z.infer<typeof waitOptions>): WaitFor => {
  if ('stdout' in given) return { type: 'stdout', pattern: new RegExp(given.stdout) };
  if ('url' in given) return { type: 'url', url: given.url };
  if ('port' in given) return { type: 'port', port: given.port };
  return { type: 'firstCall' };
};

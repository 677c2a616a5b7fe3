import { z } from 'zod';

/** Schemas that several lines share. */
export const sequence = z
  .string()
  .regex(/^\d{1,129}$/)
  .describe('a decimal sequence number');
export const hashKey = z
  .string()
  .regex(/^\d{1,129}$/)
  .describe('a decimal hash key');
export const whole = z.int().min(0);
export const t = z.int().describe('microseconds since the start of the run; never falls from line to line');
export const shard = z.string().describe('ShardId');

/** A field of any type: its value is not validated. */
export const told = (meaning: string): z.ZodOptional<z.ZodUnknown> => z.unknown().optional().describe(meaning);

import { z } from 'zod';

export const actOptions = {
  /** Which instance: `app/1` is the first one of the consumer `app`. `app` is enough if it has only one. */
  of: z.string().min(1),
  /** When: after this many records were delivered to it, repeated ones included. */
  afterDelivered: z.int().min(0),
};

export const isOf = (instance: string, of: string): boolean => instance === of || instance === `${of}/1`;

import { z } from 'zod';

export const actOptions = {
  /** The instance: `app/1` is the first one of the consumer `app`. `app` names the same. */
  of: z.string().min(1),
  /** The act happens after this many records were delivered to the instance, repeated ones included. */
  afterDelivered: z.int().min(0),
};

export const isOf = (instance: string, of: string): boolean => instance === of || instance === `${of}/1`;

import { z } from 'zod';

export const actOptions = {
  /** `app/1`: the first instance of the consumer `app`; `app` where it has one alone. */
  of: z.string().min(1),
  /** So many records were given to it, the same ones again too. */
  afterDelivered: z.int().min(0),
};

export const isOf = (instance: string, of: string): boolean => instance === of || instance === `${of}/1`;

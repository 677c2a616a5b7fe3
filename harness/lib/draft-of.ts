import { randomInt } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';

/**
 * Where a file is written before it gets its name: in the same folder, and a name that nobody else has, though two of
 * one process, or of two containers whose processes have one number, write at once.
 */
export const draftOf = (file: string): string =>
  join(dirname(resolve(file)), `.draft-${process.pid.toString(36)}-${randomInt(2 ** 40).toString(36)}`);

import { randomInt } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';

/**
 * The path under which a file is written before it is renamed: in the same folder, and unique even if two writers of
 * one process, or of two containers whose processes have the same pid, write at once.
 */
export const draftOf = (file: string): string =>
  join(dirname(resolve(file)), `.draft-${process.pid.toString(36)}-${randomInt(2 ** 40).toString(36)}`);

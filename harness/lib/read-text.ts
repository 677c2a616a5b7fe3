import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { HarnessError, limitHint, messageOf } from './error.ts';

const megabyte = 1024 * 1024;
/** The largest file that a person writes: a scenario, a configuration, a template, a baseline. */
export const textMax = 16 * megabyte;

/**
 * Reads a file that a person wrote. Anything else (a device that never ends, a pipe without a writer, a file of a
 * gigabyte) is a usage error at once, before it is in memory. A shell's own pipe (`<(…)`) is read.
 */
export const readTextSync = (path: string, shown = path, max = textMax): string => {
  assertReadable(path, shown, max);
  const file = openSync(path, 'r');
  try {
    const parts: Buffer[] = [];
    for (let size = 0; ; ) {
      const part = Buffer.alloc(64 * 1024);
      const count = readSync(file, part);
      if (count === 0) return Buffer.concat(parts).toString('utf8');
      size += count;
      if (size > max) throw tooLarge(shown, max);
      parts.push(part.subarray(0, count));
    }
  } catch (thrown) {
    throw thrown instanceof HarnessError ? thrown : cannotRead(shown, thrown);
  } finally {
    closeSync(file);
  }
};

/** Refuses such a file before something else, such as the module loader, reads it. */
export const assertReadable = (path: string, shown = path, max = textMax): void => {
  let info: Stats;
  try {
    info = statSync(path);
    if (info.isFile()) closeSync(openSync(path, 'r'));
  } catch (thrown) {
    throw cannotRead(shown, thrown);
  }
  if (info.isFile() && info.size > max) throw tooLarge(shown, max);
  if (!info.isFile() && !isHandedOver(path, info))
    throw new HarnessError('usage', `${shown}: ${kindOf(info)}, not a file`);
};

const isHandedOver = (path: string, info: Stats): boolean =>
  (info.isFIFO() || info.isSocket()) && /^\/(dev\/(stdin|fd\/)|proc\/(self|\d+)\/fd\/)/.test(path);

/** Says what a path is, if it is no file. */
export const kindOf = (info: Stats): string => {
  if (info.isDirectory()) return 'it is a folder';
  return info.isFIFO() ? 'it is a pipe' : 'it is a device';
};

const tooLarge = (shown: string, max: number): HarnessError =>
  new HarnessError('usage', `${shown}: it is larger than ${max / megabyte} MB; no file of its kind is`);

const cannotRead = (shown: string, thrown: unknown): HarnessError =>
  new HarnessError(
    limitHint(thrown) === undefined ? 'usage' : 'target',
    `${shown}: cannot be read: ${messageOf(thrown)}`,
    { cause: thrown },
  );

import { stat } from 'node:fs/promises';
import { HarnessError } from './error.ts';

/** A device may never end and holds no history. Only a terminal and `/dev/null` end. */
export const assertEnds = async (path: string): Promise<void> => {
  if (path === '-' || /^\/dev\/(stdin|tty|null|fd\/)/.test(path)) return;
  const info = await stat(path).catch(() => undefined);
  if (info?.isCharacterDevice() === true || info?.isBlockDevice() === true)
    throw new HarnessError('usage', `${path}: it is a device, no file`);
};

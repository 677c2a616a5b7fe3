import { stat } from 'node:fs/promises';
import { HarnessError } from './error.ts';

/** Refuses a device, which may never end and holds no history. A terminal and `/dev/null` do end. */
export const assertEnds = async (path: string): Promise<void> => {
  if (path === '-' || /^\/dev\/(stdin|tty|null|fd\/)/.test(path)) return;
  const info = await stat(path).catch(() => undefined);
  if (info?.isCharacterDevice() === true || info?.isBlockDevice() === true)
    throw new HarnessError('usage', `${path}: it is a device, not a file`);
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../gateway/gateway.ts';

/**
 * The certificate files of the gateway. They are in a temporary folder, which is removed after the programs have
 * ended.
 */
export type CaFiles = {
  readonly files: (gateway: Pick<Gateway, 'writeCa'>) => ReturnType<Gateway['writeCa']>;
  readonly remove: () => Promise<void>;
};

export const caFiles = (): CaFiles => {
  let folder: string | undefined;
  let written: ReturnType<Gateway['writeCa']> | undefined;
  const write = async (gateway: Pick<Gateway, 'writeCa'>): ReturnType<Gateway['writeCa']> => {
    folder = await mkdtemp(join(tmpdir(), 'kinesis-order-ca-'));
    return gateway.writeCa(folder);
  };
  return {
    files: (gateway) => {
      written ??= write(gateway);
      return written;
    },
    remove: async () => {
      await written?.catch(() => undefined);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};

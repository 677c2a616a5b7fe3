import {
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  StartStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import type { ControlPlane } from './kinesis.ts';
import type { SendOptions } from './list-all.ts';

type Settings = Pick<ControlPlane, 'increaseRetention' | 'startEncryption' | 'updateMaxRecordSize'>;
/** Runs a named call with a deadline over all attempts. `withinMs`: a shorter deadline, if less time is left. */
export type Named = <T>(call: string, send: (options: SendOptions) => Promise<T>, withinMs?: number) => Promise<T>;

/** Sets what CreateStream does not accept, or what an engine forgets. The stream must be ACTIVE. */
export const streamSettings = (client: KinesisClient, named: Named): Settings => ({
  increaseRetention: (name, hours) =>
    named(`IncreaseStreamRetentionPeriod ${name} ${hours}`, async (options) => {
      await client.send(
        new IncreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: hours }),
        options,
      );
    }),
  startEncryption: (name, key) =>
    named(`StartStreamEncryption ${name} ${key}`, async (options) => {
      await client.send(
        new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: key }),
        options,
      );
    }),
  updateMaxRecordSize: (arn, kib) =>
    named(`UpdateMaxRecordSize ${arn} ${kib}`, async (options) => {
      await client.send(new UpdateMaxRecordSizeCommand({ StreamARN: arn, MaxRecordSizeInKiB: kib }), options);
    }),
});

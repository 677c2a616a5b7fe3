import {
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  StartStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import type { ControlPlane } from './kinesis.ts';
import type { SendOptions } from './list-all.ts';

type Settings = Pick<ControlPlane, 'increaseRetention' | 'startEncryption' | 'updateMaxRecordSize'>;
/** A call by its name, with a deadline over all attempts; `withinMs`: where less is left than it would be given. */
export type Named = <T>(call: string, send: (options: SendOptions) => Promise<T>, withinMs?: number) => Promise<T>;

/** What CreateStream does not take, or an engine forgets of it: set on a stream that is ACTIVE. */
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

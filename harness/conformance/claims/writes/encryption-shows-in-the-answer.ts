import type { Claim } from '../../claim.ts';
import { accepted, must, setUp } from '../../outcome.ts';

export const encryptionShowsInTheAnswer: Claim = {
  area: 'writes',
  wording:
    'After you enable encryption, you can verify that encryption is applied by inspecting the API response from PutRecord or PutRecords.',
  source: 'SDK StartStreamEncryption',
  probe: async (probe) => {
    const stream = await probe.stream();
    const key = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' };
    accepted(await stream.call('StartStreamEncryption', key), 'StartStreamEncryption');
    await stream.settle();
    const put = { PartitionKey: 'k', Data: Buffer.from('secret') };
    const output = setUp(await stream.call('PutRecord', put), 'PutRecord on an encrypted stream');
    must(output.EncryptionType === 'KMS', `PutRecord answers EncryptionType ${output.EncryptionType}, not KMS`);
    const [record] = await stream.stored(1);
    must(record?.text === 'secret', `the encrypted record is read as '${record?.text}'`);
    return 'PutRecord answers KMS, and the record is read as it was put';
  },
};

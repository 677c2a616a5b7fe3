import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/**
 * The server of the driving benchmark, in its own process: `kinesalite`, `kinesis-local`, or `canned`, which answers
 * every put at once with an ascending number, so that no engine is the limit. Sends its port to the parent.
 */
const canned = (): Server => {
  let seq = 0n;
  const first = 49_680_491_720_258_481_777_209_056_008_846_139_603_505_941_562_007_748_610n;
  const place = (): string => {
    seq += 1n;
    return `{"ShardId":"shardId-000000000000","SequenceNumber":"${first + seq}"}`;
  };
  return createServer((request, response) => {
    let records = 0;
    const isBatch = request.headers['x-amz-target'] === 'Kinesis_20131202.PutRecords';
    request.on('data', (chunk: Buffer) => {
      // Counts entries without parsing: each entry has its partition key once.
      if (isBatch) for (let at = chunk.indexOf('"Pa'); at >= 0; at = chunk.indexOf('"Pa', at + 1)) records += 1;
    });
    request.on('end', () => {
      const body = isBatch
        ? `{"FailedRecordCount":0,"Records":[${Array.from({ length: records }, place).join(',')}]}`
        : place();
      response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': Buffer.byteLength(body),
        'x-amzn-requestid': 'ad7cb370-e740-11f1-b28e-4361b7ad5f8d',
      });
      response.end(body);
    });
  });
};

const kinesalite = (): Server => {
  const make = createRequire(import.meta.url)('kinesalite') as (options: object) => Server;
  return make({ createStreamMs: 5, deleteStreamMs: 5, updateStreamMs: 5, shardLimit: 100 });
};

/** The engine of `record` and `run` by default, in a process of its own. */
const embedded = async (): Promise<void> => {
  const { cacheFolder } = await import('../harness/session/settings.ts');
  const { kinesisLocal } = await import('../harness/targets/kinesis-local.ts');
  const { client, stop } = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: cacheFolder() });
  const end = (): void => void stop().finally(() => process.exit());
  process.on('disconnect', end).on('SIGTERM', end);
  process.send?.(Number(new URL(client.endpoint ?? '').port));
};

const listen = (server: Server): void => {
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
};

const kind = process.argv[2];
if (kind === 'kinesis-local') await embedded();
else listen(kind === 'kinesalite' ? kinesalite() : canned());

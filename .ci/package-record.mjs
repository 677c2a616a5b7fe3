// `record` from the tarball, with a user's program: 5,000 records, two of which are refused and sent again too late.
// It must end with a verdict, a history, a witness and a replay line within five seconds after the program.
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const endMs = 5000;

const producer = `import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
const client = new KinesisClient({});
const records = Array.from({ length: 5000 }, (_, n) => ({
  PartitionKey: 'key-' + (n % 20),
  Data: Buffer.from(JSON.stringify({ seq: Math.floor(n / 20) })),
}));
let again = [];
while (records.length + again.length > 0) {
  const batch = [...again, ...records.splice(0, 100 - again.length)];
  const { Records } = await client.send(new PutRecordsCommand({ StreamName: 'orders', Records: batch }));
  again = batch.filter((_, index) => Records[index].ErrorCode !== undefined);
}
console.log('ended at ' + Date.now());
process.exit();
`;

/** What is wrong, in words; undefined if nothing is. */
export const recordProblem = (run, folder) => {
  writeFileSync(join(folder, 'producer.mjs'), producer);
  const stream = ['--stream', 'orders', '--shards', '2', '--id', 'json:/seq'];
  const fault = ['--fault', 'fail-record:call=3,entries=1+4'];
  const { status, stdout, stderr } = run('npx', [
    'kinesis-order',
    'record',
    ...stream,
    ...fault,
    '--',
    'node',
    'producer.mjs',
  ]);
  const over = Date.now();
  const output = `${stdout}${stderr}`;
  if (status !== 1 || !output.includes('key-reorder')) return `record ended with ${status}: ${output}`;
  if (!output.includes('npx kinesis-order record --stream orders'))
    return `record told no line that replays: ${output}`;
  const files = readdirSync(join(folder, 'reports'), { recursive: true }).map(String);
  for (const name of [/orders\.ndjson$/, /witness.*\.ndjson$/, /report\.html$/])
    if (!files.some((file) => name.test(file))) return `record left no file like ${name}: ${files.join(', ')}`;
  const ended = Number(/ended at (\d+)/.exec(output)?.[1]);
  const isBusy = loadavg()[0] > cpus().length;
  const judged = isBusy ? `not judged: the load of the machine is ${loadavg()[0].toFixed(1)}` : `limit ${endMs} ms`;
  console.log(`package: record of 5,000 records ended ${over - ended} ms after the program (${judged})`);
  return isBusy || over - ended <= endMs ? undefined : `record ended ${over - ended} ms after the program`;
};

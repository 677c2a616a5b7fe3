import { writeSync } from 'node:fs';
import { entryOf, seqOf, shardName, shardOf, topologyOf } from './synthetic-history.ts';

/**
 * `tsx bench/long-history.ts RECORDS | kinesis-order check -`: writes a history of any length to standard output. Its
 * texts are prepared, so that writing costs little. Calls of 100 records, 1,000 keys, 16 shards, read while it is
 * written: a page of a shard has what the last ten calls put there.
 */
const records = Number(process.argv[2] ?? 1_000_000);
const [keys, shards, batch, callsPerPage] = [1000, 16, 100, 10];

const places = Array.from({ length: keys }, (_, index) => shardOf(`key-${index}`, shards));
const names = Array.from({ length: shards }, (_, shard) => shardName(shard));
const digests = Array.from({ length: 4096 }, (_, index) => entryOf(index, keys).digest);
let text = '';
const flush = (above: number): void => {
  if (text.length <= above) return;
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; ) at += written(bytes, at);
  text = '';
};
const pause = new Int32Array(new SharedArrayBuffer(4));
const written = (bytes: Buffer, at: number): number => {
  try {
    return writeSync(1, bytes, at);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
    Atomics.wait(pause, 0, 0, 1);
    return 0;
  }
};

const head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r-long', recorded: ['puts', 'pages'] };
text = `${JSON.stringify({ ...head, startedAt: '2026-11-23T08:00:00.000Z' })}
${JSON.stringify({ t: 0, type: 'topology', status: 'ACTIVE', shards: topologyOf(shards) })}
{"t":0,"type":"reader","reader":"final","role":"final"}
`;
let t = 0;
const stored: string[] = names.map(() => '');
const begun = names.map(() => false);
const page = (shard: number, isEnd: boolean): void => {
  const list = stored[shard] as string;
  if (list === '' && !isEnd) return;
  t += 150;
  const from = begun[shard] === true ? '' : `"from":{"type":"TRIM_HORIZON","t0":${t - 100},"t":${t - 60}},`;
  begun[shard] = true;
  text += `{"t":${t},"t0":${t - 50},"type":"page","reader":"final","chain":${shard},"shard":"${names[shard]}",${from}"records":[${list.slice(1)}],"behind":${isEnd ? 0 : 5},"more":true}\n`;
  stored[shard] = '';
};

for (let first = 0, op = 0; first < records; first += batch, op += 1) {
  let [entries, results] = ['', ''];
  const arrival = 1_795_420_800_000 + Math.round(t / 1000);
  for (let index = first; index < Math.min(records, first + batch); index += 1) {
    const key = index % keys;
    const own = `"key":"key-${key}"`;
    const what = `"n":${(index - key) / keys},"digest":"${digests[index % 4096]}","bytes":180`;
    const [shard, seq] = [places[key] as number, seqOf(index)];
    entries += `,{${own},${what}}`;
    results += `,{"shard":"${names[shard]}","seq":"${seq}"}`;
    stored[shard] += `,{"seq":"${seq}",${own},"producer":"p1",${what},"arrival":${arrival}}`;
  }
  text += `{"t":${t + 90},"type":"put","op":${op},"producer":"p1","api":"PutRecords","attempt":1,"entries":[${entries.slice(1)}]}\n`;
  t += 490;
  text += `{"t":${t},"type":"ack","op":${op},"outcome":"ok","results":[${results.slice(1)}],"requestId":"4b7c4a9e-5a3f-11ee-8c99-${String(op).padStart(12, '0')}"}\n`;
  if (op % callsPerPage === callsPerPage - 1) for (const shard of names.keys()) page(shard, false);
  flush(1 << 20);
}
for (const shard of names.keys()) page(shard, true);
text += `{"t":${t + 1},"type":"end","reason":"completed"}\n`;
flush(0);

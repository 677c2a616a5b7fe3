// Somebody's consumer, in as few lines as a test needs: each argument is `name` or `name=value`. It speaks to Kinesis
// by plain requests, so that it starts at once, and reports in JSON lines what it received.
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const options = Object.fromEntries(
  process.argv.slice(2).map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)];
  }),
);
const { stream, worker } = options;
const endpoint = process.env.AWS_ENDPOINT_URL_KINESIS;
const linesTo = process.env.KINESIS_ORDER_LINES;

const call = async (operation, input) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Kinesis_20131202.${operation}`,
      'x-amz-date': '20261128T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20261128/${process.env.AWS_REGION}/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
};

const write = async (text) => {
  if (linesTo === 'fd:3') writeSync(3, text);
  else if (linesTo.startsWith('http')) await fetch(linesTo, { method: 'POST', body: text });
  else if (linesTo === 'stdout') writeSync(1, `${options.prefix ?? ''}${text}`);
  else appendFileSync(linesTo, text);
};
const say = (line) => write(`${JSON.stringify({ ...(worker === undefined ? {} : { worker }), ...line })}\n`);

// Checkpoints outlive the process where there is a file for them.
const { state } = options;
const checkpoints = state !== undefined && existsSync(state) ? JSON.parse(readFileSync(state)) : {};
const isAgain = Object.keys(checkpoints).length > 0;
// Whole or not at all: a kill may come in the midst of it.
const keep = (path) => {
  writeFileSync(`${path}.tmp`, JSON.stringify(checkpoints));
  renameSync(`${path}.tmp`, path);
};
const checkpoint = async (shard, seq) => {
  checkpoints[shard] = seq;
  if (options.state !== undefined) keep(options.state);
  await say(seq === 'SHARD_END' ? { type: 'checkpoint', shard, at: seq } : { type: 'checkpoint', shard, seq });
};

const begun = new Set();
let given = 0;

const handle = async (shard, records) => {
  const batch = records.map(({ SequenceNumber: seq, PartitionKey: key, Data: data }) => ({ seq, key, data }));
  const kept = batch.filter(() => {
    given += 1;
    const isIn = given > Number(options.nohead ?? 0) && given <= Number(options.notail ?? 1e9);
    return isIn && given !== Number(options.drop);
  });
  if (kept.length === 0) return;
  while (options.poison) {
    await say({ type: 'deliver', shard, batch: 'p', records: kept });
    await say({ type: 'failed', shard, batch: 'p', message: 'no' });
    await sleep(100);
  }
  if (options.slow && given > Number(options.slowafter ?? 0)) await sleep(Number(options.slow));
  if (options.ahead) await checkpoint(shard, batch.at(-1).seq);
  await say({ type: 'deliver', shard, records: kept });
  if (options.done) for (const { seq } of kept) await say({ type: 'done', shard, seq });
  if (!options.ahead) await checkpoint(shard, batch.at(-1).seq);
};

const read = async (shard) => {
  if (begun.has(shard) || checkpoints[shard] === 'SHARD_END') return;
  begun.add(shard);
  const from = checkpoints[shard];
  const isLost = isAgain && options.forget;
  const at = isLost ? 'LATEST' : (from ?? 'TRIM_HORIZON');
  if (!options.nostart) await say({ type: 'start', shard, at });
  const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: from };
  const start = from === undefined || isLost ? { ShardIteratorType: at } : after;
  const begin = async (where) =>
    (await call('GetShardIterator', { StreamName: stream, ShardId: shard, ...where })).ShardIterator;
  let iterator = await begin(start);
  while (iterator) {
    const page = await call('GetRecords', { ShardIterator: iterator, Limit: Number(options.limit ?? 5) }).catch(
      async (thrown) => {
        if (options.renew === undefined) throw thrown;
        // Read on: behind what was handled, as it should be; or from LATEST, as it should not.
        const last = checkpoints[shard];
        const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last };
        const resumed = last === undefined ? start : after;
        const from = options.renew === 'LATEST' ? { ShardIteratorType: 'LATEST' } : resumed;
        return { Records: [], NextShardIterator: await begin(from) };
      },
    );
    if (page.Records.length > 0) await handle(shard, page.Records);
    else await sleep(10);
    iterator = page.NextShardIterator;
  }
  await checkpoint(shard, 'SHARD_END');
  if (!options.noend) await say({ type: 'end', shard });
};

const shardsNow = async () => {
  const shards = [];
  let next;
  do {
    const page = await call('ListShards', next === undefined ? { StreamName: stream } : { NextToken: next });
    shards.push(...page.Shards);
    next = page.NextToken;
  } while (next);
  return shards;
};

/** Parents before children, as the documentation says; `eager`: children at once; `static`: never any. */
const follow = async () => {
  for (;;) {
    const shards = await shardsNow();
    const names = new Set(shards.map(({ ShardId }) => ShardId));
    for (const { ShardId: shard, ParentShardId: one, AdjacentParentShardId: other } of shards) {
      if (options.only !== undefined && !shard.endsWith(options.only)) continue;
      const parents = [one, other].filter((parent) => names.has(parent));
      if (!options.eager && parents.some((parent) => checkpoints[parent] !== 'SHARD_END')) continue;
      read(shard).catch((thrown) => {
        console.error(thrown);
        process.exit(4);
      });
    }
    if (options.static) return;
    await sleep(Number(options.look ?? 30));
  }
};

const words = {
  own: (count) => {
    for (let line = 0; line < Number(count); line += 1) process.stdout.write(`hello ${line}\n`);
  },
  raw: (text) => process.stdout.write(`${text}\n`),
  raw2: (text) => process.stdout.write(`${text}\n`),
  fail: (code) => setTimeout(() => process.exit(Number(code)), Number(options.after ?? 0)),
  // So many MB, in lines of 1,000 bytes.
  flood: (count) => {
    const text = `${'x'.repeat(999)}\n`.repeat(1000);
    for (let mb = 0; mb < Number(count); mb += 1) writeSync(1, text);
  },
  // Asked to end, it goes on, and says more.
  stays: () =>
    process.on('SIGTERM', () => void say({ type: 'deliver', shard: 'shardId-000000000000', records: [] })),
  touch: () => shardsNow(),
};
for (const [name, value] of Object.entries(options)) await words[name]?.(value);
if (options.deaf) setInterval(() => undefined, 1000);
else await follow();

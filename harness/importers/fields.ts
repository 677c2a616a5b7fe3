/**
 * What a mapping can name, and what stands for it in files of others. `names` in small letters, without anything but
 * letters and digits; the likeliest first.
 */
export const fields = {
  seq: {
    words: 'the sequence number of the record',
    names: ['sequencenumber', 'seqnumber', 'seqno', 'kinesissequencenumber', 'kinesisseq', 'sequence', 'seq', 'sn'],
  },
  shard: { words: 'the shard', names: ['shardid', 'shard', 'kinesisshard', 'kinesisshardid', 'partition'] },
  key: { words: 'the partition key', names: ['partitionkey', 'key', 'pk', 'recordkey', 'kinesiskey'] },
  flow: {
    words: 'what must be in order, if it is not the partition key',
    names: [
      'orderid',
      'entityid',
      'aggregateid',
      'accountid',
      'customerid',
      'userid',
      'deviceid',
      'sessionid',
      'rideid',
      'tripid',
      'vehicleid',
      'sensorid',
      'itemid',
      'productid',
    ],
  },
  n: {
    words: 'the counter, rising within a key',
    names: [
      'counter',
      'n',
      'seq',
      'sequence',
      'seqno',
      'version',
      'revision',
      'index',
      'offset',
      'eventnumber',
      'eventversion',
      'ordinal',
      'number',
      'count',
      'messagenumber',
      'generation',
    ],
  },
  time: {
    words: 'when the line was written',
    names: ['timestamp', 'time', 'ts', 'at', 'datetime', 'date', 'loggedat', 'receivedat', 'processedat', 't'],
  },
  arrival: {
    words: 'ApproximateArrivalTimestamp',
    names: ['approximatearrivaltimestamp', 'arrivaltimestamp', 'arrivaltime', 'arrival'],
  },
  sub: {
    words: 'the place inside an aggregate (sub-sequence number)',
    names: ['subsequencenumber', 'subsequence', 'sub'],
  },
  producer: { words: 'who sent it', names: ['producer', 'producerid', 'sender'] },
  worker: { words: 'the worker that was given it', names: ['worker', 'workerid', 'consumer', 'instance', 'logstream'] },
  data: { words: 'the payload, as text or in base64', names: ['data', 'payload', 'body'] },
  digest: { words: 'the first 16 hex characters of SHA-256 over the payload', names: ['digest'] },
  error: { words: 'of a put: the error that it ended with', names: ['errorcode', 'error', 'exception'] },
  api: { words: 'of a put: PutRecord or PutRecords', names: ['api', 'operation'] },
} as const satisfies Record<string, { readonly words: string; readonly names: readonly string[] }>;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as readonly Field[];

import { parsed } from './parsed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A record of a Lambda event, not validated. */
export type LambdaRecord = {
  readonly shard: string | undefined;
  readonly stream: string | undefined;
  readonly kinesis: Fields;
};

const depthMax = 4;

/**
 * The records of the events in a value: the event itself, one of its records alone, or a log line around it. Undefined
 * if there are none.
 */
export const lambdaRecordsOf = (value: unknown, depth = 0): readonly LambdaRecord[] | undefined => {
  const opened = typeof value === 'string' && value.includes('"kinesis"') ? parsed(value) : value;
  if (typeof opened !== 'object' || opened === null || depth > depthMax) return undefined;
  const { Records: list } = opened as Fields;
  if (Array.isArray(list) && list.some(isOfKinesis)) return list.filter(isOfKinesis).map(recordOf);
  if (isOfKinesis(opened) && shardIn(opened) !== undefined) return [recordOf(opened)];
  for (const inner of Object.values(opened as Fields)) {
    const found = lambdaRecordsOf(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

const isOfKinesis = (item: unknown): item is Fields => {
  const kinesis = ((item ?? {}) as Fields)['kinesis'];
  return typeof kinesis === 'object' && kinesis !== null;
};

/** `eventID` is `shardId-000000000000:4968…`, `eventSourceARN` ends with the stream's name. */
const recordOf = (item: Fields): LambdaRecord => ({
  shard: shardIn(item),
  stream: /:stream\/([^/]+)/.exec(textIn(item, 'eventSourceARN'))?.[1],
  kinesis: item['kinesis'] as Fields,
});

const shardIn = (item: Fields): string | undefined => /^(shardId-\d+):/.exec(textIn(item, 'eventID'))?.[1];

export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

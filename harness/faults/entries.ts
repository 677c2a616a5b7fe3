import type { ProxiedAnswer, ProxiedCall } from './fault.ts';

/** PutRecord and PutRecords seen alike: a call of one entry or of several, and an answer that gives each its place. */
type Body = ProxiedCall['body'];
export type Place = { readonly ShardId: string; readonly SequenceNumber: string };

export const keysOf = ({ api, body }: ProxiedCall): readonly string[] =>
  api === 'PutRecord'
    ? [String(body['PartitionKey'])]
    : recordsIn(body).map(({ PartitionKey }) => String(PartitionKey));

/** The same call with one of its entries alone. */
export const alone = ({ api, body }: ProxiedCall, index: number): Body =>
  api === 'PutRecord' ? body : { ...body, Records: recordsIn(body).slice(index, index + 1) };

/** The same call without one of its entries; undefined where none is left. */
export const without = ({ api, body }: ProxiedCall, index: number): Body | undefined => {
  const left = api === 'PutRecord' ? [] : recordsIn(body).toSpliced(index, 1);
  return left.length === 0 ? undefined : { ...body, Records: left };
};

/** Where each entry was stored; undefined for one that was not. */
export const placesIn = (api: string, answer: ProxiedAnswer): readonly (Place | undefined)[] => {
  if (answer.kind === 'drop' || answer.status !== 200) return [];
  return (api === 'PutRecord' ? [answer.body] : recordsIn(answer.body)).map(placeOf);
};

/** The answer with one entry's place put in; of nothing, the answer of a call that held this entry alone. */
export const withPlace = (
  api: string,
  answer: ProxiedAnswer | undefined,
  index: number,
  place: Place,
): ProxiedAnswer => {
  if (answer !== undefined && (answer.kind === 'drop' || answer.status !== 200)) return answer;
  const known = answer?.body ?? {};
  if (api === 'PutRecord') return { kind: 'answer', status: 200, body: { ...known, ...place } };
  const records = recordsIn(known).toSpliced(index, 0, place);
  return { kind: 'answer', status: 200, body: { FailedRecordCount: 0, ...known, Records: records } };
};

type Fields = Readonly<Record<string, unknown>>;

const recordsIn = (body: Body): readonly Fields[] =>
  Array.isArray(body['Records']) ? (body['Records'] as readonly Fields[]) : [];

const placeOf = ({ ShardId, SequenceNumber }: Fields): Place | undefined =>
  typeof ShardId === 'string' && typeof SequenceNumber === 'string' ? { ShardId, SequenceNumber } : undefined;

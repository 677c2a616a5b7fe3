import { textIn } from '../../lib/text-in.ts';
import { isOk, listIn } from '../answers.ts';
import type { Forward, ProxiedAnswer, ProxiedCall, Shape } from '../fault.ts';

/** PutRecord and PutRecords in the same form: a call has one or several entries, and its answer a place for each. */
export type Place = { readonly ShardId: string; readonly SequenceNumber: string };

export const entriesOf = ({ api, body }: Pick<ProxiedCall, 'api' | 'body'>): readonly Shape[] =>
  api === 'PutRecord' ? [body] : listIn(body, 'Records');

export const keysOf = (call: ProxiedCall): readonly string[] =>
  entriesOf(call).map(({ PartitionKey }) => String(PartitionKey));

/** The same call with only this entry. */
export const alone = ({ api, body }: ProxiedCall, index: number): Shape =>
  api === 'PutRecord' ? body : { ...body, Records: listIn(body, 'Records').slice(index, index + 1) };

/** The same call with one of its entries changed. */
export const withEntry = ({ api, body }: ProxiedCall, index: number, change: (entry: Shape) => Shape): Shape =>
  api === 'PutRecord'
    ? change(body)
    : { ...body, Records: listIn(body, 'Records').map((entry, at) => (at === index ? change(entry) : entry)) };

/** The same call without one of its entries; undefined if no entry is left. */
export const without = ({ api, body }: ProxiedCall, index: number): Shape | undefined => {
  const left = api === 'PutRecord' ? [] : listIn(body, 'Records').toSpliced(index, 1);
  return left.length === 0 ? undefined : { ...body, Records: left };
};

/** The place of each entry; undefined for an entry that was not stored. */
export const placesIn = (api: string, answer: ProxiedAnswer): readonly (Place | undefined)[] => {
  if (!isOk(answer)) return [];
  return (api === 'PutRecord' ? [answer.body] : listIn(answer.body, 'Records')).map(placeOf);
};

/** The answer with the result of each entry changed. */
export const withResults = (
  api: string,
  answer: ProxiedAnswer,
  change: (result: Shape, index: number) => Shape,
): ProxiedAnswer => {
  if (!isOk(answer)) return answer;
  const body =
    api === 'PutRecord'
      ? change(answer.body, 0)
      : { ...answer.body, Records: listIn(answer.body, 'Records').map(change) };
  return { ...answer, body };
};

/** The answer with the place of one more entry. Without an answer: the answer of a call that had only this entry. */
export const withPlace = (
  api: string,
  answer: ProxiedAnswer | undefined,
  index: number,
  place: Place,
): ProxiedAnswer => {
  if (answer !== undefined && !isOk(answer)) return answer;
  const known = answer?.body ?? {};
  if (api === 'PutRecord') return { kind: 'answer', status: 200, body: { ...known, ...place } };
  const records = listIn(known, 'Records').toSpliced(index, 0, place);
  return { kind: 'answer', status: 200, body: { FailedRecordCount: 0, ...known, Records: records } };
};

type Failing = {
  readonly failed: ReadonlySet<number>;
  readonly code: string;
  readonly message: string;
  /** True: the failed entries are stored, and their answers are replaced. */
  readonly isStored: boolean;
};

/** Fails some entries of a PutRecords. The others are forwarded, and answered in their places. */
export const failEntries = async (call: ProxiedCall, forward: Forward, failing: Failing): Promise<ProxiedAnswer> => {
  const records = listIn(call.body, 'Records');
  const kept = failing.isStored ? records : records.filter((_, index) => !failing.failed.has(index));
  const answer: ProxiedAnswer =
    kept.length === 0
      ? { kind: 'answer', status: 200, body: { Records: [] } }
      : await forward({ ...call.body, Records: kept });
  return isOk(answer) ? { ...answer, body: merge(answer.body, records.length, failing) } : answer;
};

const merge = (body: Shape, count: number, { failed, code, message, isStored }: Failing): Shape => {
  const stored = [...listIn(body, 'Records')];
  const results = Array.from({ length: count }, (_, index) => {
    if (!failed.has(index)) return stored.shift();
    if (isStored) stored.shift();
    return { ErrorCode: code, ErrorMessage: message };
  });
  const already = typeof body['FailedRecordCount'] === 'number' ? body['FailedRecordCount'] : 0;
  return { ...body, FailedRecordCount: already + failed.size, Records: results };
};

const placeOf = (result: Shape): Place | undefined => {
  const [ShardId, SequenceNumber] = [textIn(result, 'ShardId'), textIn(result, 'SequenceNumber')];
  return ShardId === undefined || SequenceNumber === undefined ? undefined : { ShardId, SequenceNumber };
};

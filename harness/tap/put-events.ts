import { textIn } from '../lib/text-in.ts';
import { placedFields, refusedFields, wrongField } from '../model/answer-fields.ts';
import type { EventBody, PutEntryEvent, PutResult } from '../model/event.ts';
import { shortMessage } from '../model/short-message.ts';
import { isWithoutEffect } from '../model/sure-errors.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import type { EntryOutcome } from './first-sending.ts';
import type { PutCall, SentRecord } from './put-call.ts';
import type { Place, RecordId } from './record-ids.ts';
import { entryOf, type PutAnswered, type PutFacts, putLine } from './write-put.ts';

export const putEvent = (
  facts: Omit<PutFacts, 'api'>,
  put: PutCall,
  ids: readonly RecordId[],
  dues: readonly (number | undefined)[] = [],
): EventBody =>
  putLine(
    { ...facts, api: put.api },
    {
      ...(put.parts === undefined ? {} : { parts: put.parts }),
      entries: put.records.map((record, index) =>
        entryEvent(record, ids[index] ?? {}, facts, dues[index] === facts.due ? undefined : dues[index]),
      ),
    },
  );

const entryEvent = (
  { key, digest, data, hash, after, part }: SentRecord,
  { n, flow, producer: who }: RecordId,
  { producer: whose }: Pick<PutFacts, 'producer'>,
  due: number | undefined,
): PutEntryEvent => {
  const producer = who === whose ? undefined : who;
  return entryOf({ key, n, digest, bytes: data.byteLength, hash, after, part, flow, producer, due });
};

/** What an answer means for a put: the event without its op, and the outcome of each record. */
export type PutAnswer = {
  readonly event: PutAnswered;
  readonly outcomes: readonly EntryOutcome[];
  readonly places: readonly (Place | undefined)[];
};

export const putAnswer = (put: PutCall, answer: ApiAnswer): PutAnswer => {
  if (answer.kind === 'lost') {
    const outcome = answer.isSent ? 'info' : 'fail';
    return failed(put, { outcome, error: answer.isSent ? 'NoAnswer' : 'NotSent', ...words(answer.message) });
  }
  const id = answer.requestId === undefined ? {} : { requestId: answer.requestId };
  if (answer.kind === 'error') {
    const outcome = isWithoutEffect(answer.code, answer.status) ? 'fail' : 'info';
    return failed(put, { outcome, error: answer.code, ...words(answer.message), ...id });
  }
  const raw = put.api === 'PutRecord' ? [answer.output] : answer.output['Records'];
  const outer = Array.isArray(raw) && raw.length === put.count ? raw.map(resultOf) : [`not ${put.count} results`];
  const wrong = outer.find((result) => typeof result === 'string');
  if (wrong !== undefined)
    return failed(put, { outcome: 'info', error: 'MalformedResponse', ...words(`${put.api}: ${wrong}`), ...id });
  const results = put.records.map((record, index) => ofRecord(record, outer[record.part ?? index] as PutResult));
  return {
    event: { outcome: 'ok', results, ...id },
    outcomes: results.map(outcomeOf),
    places: results.map((result) => ('seq' in result ? result : undefined)),
  };
};

const failed = (put: PutCall, event: PutAnswered & { readonly outcome: 'fail' | 'info' }): PutAnswer => ({
  event,
  outcomes: put.records.map(() => (event.outcome === 'fail' ? 'failed' : 'unknown')),
  places: put.records.map(() => undefined),
});

const words = (message: string | undefined): { readonly message?: string } =>
  message === undefined || message === '' ? {} : { message: shortMessage(message) };

/** The result of one Kinesis record; a string says what is wrong with a value that is not a result. */
const resultOf = (value: unknown): PutResult | string => {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isRefused = fields['ErrorCode'] !== undefined && fields['ErrorCode'] !== null;
  const wrong = wrongField(value, isRefused ? refusedFields : placedFields);
  if (wrong !== undefined) return wrong;
  const text = (name: string): string => textIn(fields, name) ?? '';
  return isRefused
    ? { error: text('ErrorCode'), ...words(textIn(fields, 'ErrorMessage')) }
    : { shard: text('ShardId'), seq: text('SequenceNumber') };
};

const ofRecord = ({ sub }: SentRecord, result: PutResult): PutResult =>
  sub === undefined || 'error' in result ? result : { ...result, sub };

/** Rule 1 of the history format: only throttling of an entry rules out an effect. */
const outcomeOf = (result: PutResult): EntryOutcome => {
  if ('seq' in result) return 'acked';
  return result.error === 'ProvisionedThroughputExceededException' ? 'failed' : 'unknown';
};

/** The number of an attempt, from 1: as the SDK sent it, else one more than `before`, the attempts seen so far. */
export const attemptOf = ({ attempt }: ApiCall, before: number): number => attempt ?? before + 1;

import { listOf } from '../../lib/list-of.ts';
import type { Finding } from '../../model/verdict.ts';
import { countOf, shardName } from '../naming.ts';

/** One-line titles of pictures of consumers under test. */
export const subjectTitles = (
  { evidence, shards, kind }: Finding,
  it: string,
  other: string | undefined,
): Readonly<Record<string, () => string>> => {
  const group = text(evidence['group'], 'the consumer', 'consumer ');
  const records = typeof evidence['records'] === 'number' ? countOf(evidence['records'], 'record') : 'records';
  const [shard] = shards.map(shardName);
  return {
    'subject-loss': () =>
      kind === 'shard'
        ? `${group} never began ${listOf(shards.map(shardName))}: ${records} there were owed to it`
        : `${group} was never given ${it}`,
    'subject-reorder': () =>
      `${group} was given ${it} only after ${other ?? 'another one'}, which the stream has behind it`,
    'subject-duplicate': () => `${group} received ${it} again`,
    'checkpoint-ahead': () => `${group} wrote a checkpoint past ${it} before it had handled it`,
    'checkpoint-back': () => `${group} set its checkpoint back to ${it}`,
    'two-owners': () =>
      `${text(evidence['worker'], 'a worker', 'worker ')} of ${group} went on with ${shard ?? 'a shard'} after ${text(evidence['other'], 'another one', 'worker ')} had taken it over`,
    'effect-reorder': () =>
      `${group} was done with ${it} only after ${other ?? 'another one'}, which the stream has behind it`,
    'effect-duplicate': () => `${group} was done with ${it} twice`,
    'fetched-not-delivered': () =>
      `${text(evidence['fetchedBy'], 'its client', 'client ')} fetched ${it} for ${group}, which was never given it`,
    'subject-discard': () => {
      const to = evidence['to'];
      return `${group} gave up ${it}${typeof to === 'string' ? `, and sent it to ${to}` : ', and sent it nowhere'}`;
    },
    'subject-claim': () => `${group} reports ${it}, which was never stored`,
  };
};

const text = (value: unknown, otherwise: string, before: string): string =>
  typeof value === 'string' ? `${before}${value}` : otherwise;

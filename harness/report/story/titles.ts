import { capital } from '../../lib/capital.ts';
import { listOf } from '../../lib/list-of.ts';
import type { Finding } from '../../model/verdict.ts';
import { countOf, shardName } from '../naming.ts';
import { subjectTitles } from './subject-titles.ts';

/** The title of a picture: the name of the record, and what is wrong with it. Otherwise the summary of the claim. */
export const titleOf = (
  finding: Finding,
  label: string | undefined,
  other: string | undefined,
  summary: string | undefined,
): string => {
  const { evidence, shards, kind, blame } = finding;
  const it = label ?? 'a record';
  const [shard] = shards.map(shardName);
  const reader = text(evidence['reader'], 'the reader');
  const declared: Readonly<Record<string, () => string>> =
    kind === 'declared'
      ? {
          'lineage-seq-regression': () =>
            `${shards.map(shardName).at(-1) ?? 'a shard'} declares a start at or below the end of its parent`,
          'seq-out-of-range': () => `${shard ?? 'a shard'} declares an end that lies before its start`,
        }
      : {};
  const made: Readonly<Record<string, () => string>> = {
    'key-reorder': () => {
      const { inversions } = evidence;
      const count = typeof inversions === 'number' ? countOf(inversions, 'record') : 'records';
      const isOne = inversions === 1;
      // Without puts nobody knows which was sent first.
      const how =
        blame === null ? `${isOne ? 'has' : 'have'} a higher counter` : `${isOne ? 'was' : 'were'} handed over later`;
      return `${it} is stored after ${count} of its key that ${how}`;
    },
    'nonmonotonic-send': () => `${it} was acknowledged before ${other ?? 'the next one'} was sent, and stored after it`,
    'int-nonmonotonic-send': () =>
      `inside one call ${it} is before ${other ?? 'the next one'}, and was stored after it`,
    'realtime-append-order': () =>
      `${it} was acknowledged before ${other ?? 'the next one'} was sent, and stored after it`,
    'zombie-append': () => `${it} had an unknown outcome, and was stored after ${other ?? 'a later record'}`,
    'lost-write': () => `${it} was acknowledged, and no reader ever received it`,
    unseen: () => `${it} was acknowledged, and nobody has read it so far`,
    'counter-gap': () =>
      kind !== 'never-sent'
        ? `${it} was given up: a gap in its key`
        : `${it} was ${blame === null ? 'not read' : 'never sent'}: a gap in its key`,
    duplicate: () => `${it} is stored twice`,
    'write-to-closed': () =>
      `${it} was sent after ${shard ?? 'its shard'} was shown closed, and stored there nevertheless`,
    'poll-skip': () => `${reader} received the records around ${it}, but not ${it}`,
    're-delivery': () => `${reader} received ${it} twice`,
    'lost-in-view': () => `${reader} went past ${it}, and never received it`,
    'aborted-read': () => `${it} definitely failed, and was read nevertheless`,
    phantom: () => `${it} was read, and nobody sent it`,
    corruption: () => `${it} came back different from what was sent`,
    'ack-mismatch': () => `${it} was acknowledged in one place and read in another`,
    'child-before-parent': () =>
      `${reader} received ${it} of a child shard before ${other ?? 'a record'} of its parent`,
    'int-nonmonotonic-poll': () =>
      `inside one page ${it} comes after ${other ?? 'a record'}, which has a higher sequence number`,
    'nonmonotonic-poll': () =>
      `${reader} went back: ${it} comes after ${other ?? 'a record'}, which has a higher sequence number`,
    'bookmark-broken': () => `${reader} was told that it had caught up, while ${it} lay ahead`,
    mispartitioned: () => `${it} is in ${shard ?? 'a shard'}, whose range does not contain its hash key`,
    'split-key': () => 'records of one key are in two shards that were open at the same time',
    'seq-collision': () => 'one number in two shards',
    'inconsistent-offsets': () => `two records are reported at one place, ${it} among them`,
    'snfo-broken': () => `${it} was stored at or below the sequence number that it should follow`,
    'read-from-the-future': () => `${it} was read before it was sent`,
    'hash-hole': () => 'hash keys that no open shard covers',
    'hash-overlap': () => 'hash keys that two open shards cover',
    'open-parent': () => `${shard ?? 'a shard'} has children, and ${text(evidence['says'], 'is still open', '')}`,
    'bad-parentage': () =>
      `${listOf(shards.map(shardName))}: ${text(evidence['says'], 'the lineage is inconsistent', '')}`,
    'topology-mutation': () =>
      `${shard ?? 'a shard'} changed: ${text(evidence['change'], 'it changed', '').replace(/\d{20,}/g, (digits) => `${digits.slice(0, 4)}…`)}`,
    ...declared,
    ...subjectTitles(finding, it, other),
    undeliverable: () => `${it} lies only in aggregates that readers with KCL's rule drop`,
    'stray-sub-record': () => `${it} lies inside an aggregate, outside the hash range of its shard`,
    recovered: () => `${it} had an unknown outcome, and was stored`,
  };
  const words = made[finding.anomaly]?.() ?? summary ?? finding.anomaly;
  if (words.startsWith(it) && label !== undefined) return words;
  const isTold = made[finding.anomaly] !== undefined || label === undefined;
  return isTold ? capital(words) : `${label}: ${words}`;
};

const text = (value: unknown, otherwise: string, before = 'reader '): string =>
  typeof value === 'string' ? `${before}${value}` : otherwise;

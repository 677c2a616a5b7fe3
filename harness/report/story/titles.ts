import type { Finding } from '../../model/verdict.ts';
import { countOf, listOf, shardName } from '../naming.ts';
import { subjectTitles } from './subject-titles.ts';

/**
 * What a picture shows, in one line: the record that is wrong by its name, and how. Where nothing better is known,
 * what the claim says.
 */
export const titleOf = (
  finding: Finding,
  label: string | undefined,
  other: string | undefined,
  summary: string | undefined,
): string => {
  const { evidence, shards, kind } = finding;
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
      return `${it} is stored behind ${count} of its key that ${inversions === 1 ? 'was' : 'were'} handed over after it`;
    },
    'nonmonotonic-send': () =>
      `${it} was acknowledged before ${other ?? 'the next one'} was sent, and stored behind it`,
    'int-nonmonotonic-send': () =>
      `inside one call ${it} stands before ${other ?? 'the next one'}, and was stored behind it`,
    'realtime-append-order': () =>
      `${it} was acknowledged before ${other ?? 'the next one'} was sent, and stored behind it`,
    'zombie-append': () => `${it} had an unknown outcome, and landed behind ${other ?? 'a later record'}`,
    'lost-write': () => `${it} was acknowledged, and nobody was ever given it`,
    unseen: () => `${it} was acknowledged, and nobody has read it so far`,
    'counter-gap': () =>
      kind === 'never-sent' ? `${it} was never sent: a gap in its key` : `${it} was given up: a gap in its key`,
    duplicate: () => `${it} is stored twice`,
    'write-to-closed': () =>
      `${it} was sent after ${shard ?? 'its shard'} was shown closed, and stored there all the same`,
    'poll-skip': () => `${reader} was given the records around ${it}, and not ${it}`,
    're-delivery': () => `${reader} was given ${it} twice`,
    'lost-in-view': () => `${reader} went past ${it}, and was never given it`,
    'aborted-read': () => `${it} surely failed, and was read all the same`,
    phantom: () => `${it} was read, and nobody sent it`,
    corruption: () => `${it} came back otherwise than it was sent`,
    'ack-mismatch': () => `${it} was acknowledged in one place and read in another`,
    'child-before-parent': () =>
      `${reader} was given ${it} of a child shard before ${other ?? 'a record'} of its parent`,
    'int-nonmonotonic-poll': () => `inside one page ${it} comes behind ${other ?? 'a record'}, which lies after it`,
    'nonmonotonic-poll': () => `${reader} went back: ${it} comes behind ${other ?? 'a record'}, which lies after it`,
    'bookmark-broken': () => `${reader} was told that nothing is behind it, while ${it} was`,
    mispartitioned: () => `${it} lies in ${shard ?? 'a shard'}, which does not hold its hash key`,
    'split-key': () => 'records of one key lie in two shards that were open at the same time',
    'seq-collision': () => 'one number in two shards',
    'inconsistent-offsets': () => `one place is said to hold two records, ${it} among them`,
    'snfo-broken': () => `${it} was stored at or below the number that it was to come after`,
    'read-from-the-future': () => `${it} was read before it was sent`,
    'hash-hole': () => 'hash keys that no open shard holds: records with them go nowhere',
    'hash-overlap': () => 'hash keys that two open shards hold',
    'open-parent': () => `${shard ?? 'a shard'} has children, and ${text(evidence['says'], 'is still open', '')}`,
    'bad-parentage': () =>
      `${listOf(shards.map(shardName))}: ${text(evidence['says'], 'the lineage does not hold', '')}`,
    'topology-mutation': () =>
      `${shard ?? 'a shard'} is not what it was: ${text(evidence['change'], 'it changed', '').replace(/\d{20,}/g, (digits) => `${digits.slice(0, 4)}…`)}`,
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

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

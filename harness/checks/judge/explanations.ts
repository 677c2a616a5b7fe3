import type { AnomalyId } from '../../model/anomaly.ts';
import type { Found } from '../check.ts';

/** What two findings must share for one to explain the other. */
export type Link = 'item' | 'record' | 'entry' | 'position' | 'shard' | 'own shard' | 'key' | 'flow' | 'page' | 'chain';

export type Explanation = {
  readonly explains: AnomalyId;
  readonly explained: AnomalyId;
  readonly by: readonly Link[];
  /** If the explaining finding is allowed, the explained one is, too, unless the scenario says otherwise. */
  readonly lends?: true;
  /** Which findings of the explaining anomaly explain; all if absent. */
  readonly when?: (finding: Found) => boolean;
  /** Which findings of the explained anomaly are explained; all if absent. */
  readonly which?: (finding: Found) => boolean;
};

const rows = (
  explains: AnomalyId,
  by: readonly Link[],
  explained: readonly AnomalyId[],
  more: Pick<Explanation, 'when' | 'which' | 'lends'> = {},
): readonly Explanation[] => explained.map((id) => ({ explains, explained: id, by, ...more }));

const isBothSame = ({ variant }: Found): boolean => variant === 'two-acks' || variant === 'two-reads';

const isLate = ({ variant }: Found): boolean => variant === 'late';

/**
 * One cause, one finding: left explains right, for the same records, pages or shard. The table of the catalogue, as
 * data.
 */
export const explanations: readonly Explanation[] = [
  ...rows(
    'response-misalignment',
    ['record'],
    ['ack-mismatch', 'inconsistent-offsets', 'nonmonotonic-send', 'int-nonmonotonic-send', 'key-reorder'],
  ),
  ...rows('corruption', ['position', 'record'], ['phantom', 'lost-write']),
  ...rows('corruption', ['position'], ['inconsistent-offsets'], { which: (finding) => !isBothSame(finding) }),
  ...rows('inconsistent-offsets', ['position'], ['reader-divergence', 'corruption'], { when: isBothSame }),
  ...rows('inconsistent-offsets', ['record'], ['lost-write'], { when: isBothSame }),
  ...rows('inconsistent-offsets', ['position'], ['int-nonmonotonic-poll', 're-delivery']),
  ...rows('ack-mismatch', ['record'], ['lost-write', 'duplicate']),
  ...rows('mispartitioned', ['key'], ['split-key']),
  ...rows('mispartitioned', ['record'], ['ack-mismatch', 'lost-write']),
  ...rows('aborted-read', ['record'], ['phantom']),
  ...rows('phantom', ['record', 'position'], ['read-from-the-future']),
  ...rows('snfo-broken', ['entry'], ['nonmonotonic-send']),
  ...rows('nonmonotonic-send', ['entry'], ['realtime-append-order']),
  ...rows('int-nonmonotonic-send', ['record'], ['key-reorder'], { which: ({ variant }) => variant === 'one-call' }),
  ...rows('lineage-seq-regression', ['key'], ['snfo-broken'], { which: ({ variant }) => variant === 'across-shards' }),
  ...rows('lineage-seq-regression', ['key'], ['nonmonotonic-send'], {
    which: ({ shards }) => new Set(shards).size > 1,
  }),
  ...rows('write-to-closed', ['record'], ['seq-out-of-range', 'nonmonotonic-send']),
  ...rows('write-to-closed', ['position'], ['lineage-seq-regression']),
  ...rows('zombie-append', ['record'], ['realtime-append-order']),
  ...rows('zombie-append', ['record'], ['duplicate'], { which: ({ kind }) => kind === 'retry' }),
  ...rows('premature-shard-end', ['shard'], ['lost-write', 'unseen', 'lost-in-view', 'child-before-parent']),
  ...rows('lost-write', ['record'], ['poll-skip', 'counter-gap']),
  // A lost write is the only finding for its record (contract, 19): no page can be behind a missing record.
  ...rows('lost-write', ['record'], ['bookmark-broken']),
  ...rows('poll-skip', ['position'], ['lost-in-view', 'reader-divergence', 'bookmark-broken']),
  ...rows('resumable-broken', ['chain'], ['re-delivery', 'poll-skip', 'lost-in-view'], {
    which: ({ isAtStart }) => isAtStart === true,
  }),
  // A disorder explains findings on its own pages, and records that the chain skipped and delivered late. A record
  // that the chain skipped elsewhere, and never delivered, has another cause.
  ...rows('int-nonmonotonic-poll', ['page'], ['nonmonotonic-poll', 'poll-skip']),
  ...rows('nonmonotonic-poll', ['chain'], ['poll-skip'], { which: isLate }),
  ...rows('int-nonmonotonic-poll', ['chain'], ['poll-skip'], { which: isLate }),
  ...rows('topology-mutation', ['shard'], ['bad-parentage', 'hash-hole', 'hash-overlap', 'mispartitioned']),
  ...rows('topology-mutation', ['own shard'], ['write-to-closed']),
  ...rows('open-parent', ['shard'], ['hash-overlap']),
  // Only for the parent that is open, not for its children.
  ...rows('open-parent', ['own shard'], ['write-to-closed']),
  ...rows('hash-overlap', ['shard'], ['split-key']),
  // If the stream itself is out of order, its readers are not to blame. Contract, rules 16 and 23.
  ...rows('key-reorder', ['flow'], ['subject-reorder'], { lends: true }),
  ...rows('child-before-parent', ['key'], ['subject-reorder'], { lends: true }),
  ...rows('subject-reorder', ['flow'], ['effect-reorder']),
  ...rows('subject-loss', ['item'], ['checkpoint-ahead'], { which: ({ variant }) => variant === 'after-all' }),
];

/** These claims, and all that explain them, directly or through others. */
export const explainersOf = (ids: readonly AnomalyId[]): ReadonlySet<AnomalyId> => {
  const all = new Set(ids);
  for (const id of all) for (const { explains, explained } of explanations) if (explained === id) all.add(explains);
  return all;
};

/** What a finding is about, for one kind of link. Two findings that share a token are linked. */
export const tokensOf = (finding: Found, link: Link): readonly (number | string)[] => {
  const one = (value: number | undefined): readonly number[] => (value === undefined ? [] : [value]);
  switch (link) {
    case 'item':
      return finding.items ?? [];
    case 'record':
      return finding.records ?? [];
    case 'entry':
      return finding.entries ?? [];
    case 'position':
      return finding.positions ?? [];
    case 'shard':
      return finding.shards ?? [];
    case 'own shard':
      return finding.shards?.slice(0, 1) ?? [];
    case 'key':
      return one(finding.key);
    case 'flow':
      return one(finding.flow);
    case 'page':
      return finding.pages ?? one(finding.page);
    case 'chain':
      return one(finding.chain);
    default:
      return link satisfies never;
  }
};

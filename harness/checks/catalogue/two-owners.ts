import type { Check, Found } from '../check.ts';
import { type OldOwner, oldOwners } from '../index/owners.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder, shardName } from './phrases.ts';
import { ownerName, withoutSubject } from './subject-phrases.ts';

/** A worker goes on with a shard that another one has taken over. Contract, rule 16. */
export const twoOwners: Check = {
  summary: 'a worker continues with a shard after another worker has taken it over',
  source: '"each shard is processed by exactly one KCL worker" (developer guide): one worker a shard, at a time',
  example: 'w1 receives 1, w2 starts and receives 2, w1 receives 3',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'A worker paused (garbage collection, SIGSTOP) longer than its lease, and continued.',
    'A worker reads without taking a lease.',
  ],
  todo: [
    'Stop reading when the lease is lost, and check it before each batch.',
    'Make the lease longer than the longest pause.',
  ],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const owner of oldOwners(subjects, group)) yield found(subjects, group, owner);
  },
};

const found = ({ view }: Subjects, group: Group, owner: OldOwner): Found => ({
  kind: null,
  blame: 'consumer',
  shards: [owner.shard],
  tell: () => {
    const shard = shardName(view, owner.shard);
    return {
      sentence: `${ownerName(group, owner.other)} began ${shard} (${atLine(owner.otherStartLine)}) after worker ${owner.worker} (${atLine(owner.startLine)}), and received records of it (${atLine(owner.otherLine)}); however worker ${owner.worker} went on with it (${atLine(owner.line)}).`,
      evidence: { group: group.name, shard, worker: owner.worker, other: owner.other },
      witness: inOrder([owner.startLine, owner.otherStartLine, owner.otherLine, owner.line]),
    };
  },
});

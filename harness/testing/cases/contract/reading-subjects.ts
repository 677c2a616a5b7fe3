import { dump, type ReadingCases, settle, shared } from './reading-cases.ts';

const lineage = 'reader app subject | a0>10 | a1>20 | split | a2>1/700 | a3>1/800';
const all = 'read 10=a0 20=a1 end | read 700=a2 800=a3 shard:1 chain:2';
const merged =
  'bare | topo halves | reader final final | reader app subject | a0>10 | b0>1/15 | topo merged | a1>2/700 | b1>2/800';
const allMerged = 'read 10=a0 end | read 15=b0 shard:1 chain:2 end | read 700=a1 800=b1 shard:2 chain:3';

/** What the contract says of consumers under test, of the roles of readers, and of a stream that others write to. */
export const subjects: ReadingCases = {
  '12: a consumer under test is given the records of a key in a parent before those in a child': {
    'it is': [
      `${lineage} | ${all} | read 10=a0 20=a1 by:app from:UNKNOWN nomore | read 700=a2 800=a3 by:app shard:1 from:UNKNOWN nomore`,
      [],
    ],
    'child first': [
      `${lineage} | ${all} | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore`,
      [
        '?subject-loss',
        'child-before-parent!',
        'subject-reorder!<child-before-parent',
        'subject-reorder!<child-before-parent',
      ],
    ],
    'child between two of the parent': [
      `${lineage} | ${all} | read 10=a0 by:app from:UNKNOWN nomore | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 20=a1 by:app nomore`,
      ['?subject-loss', 'child-before-parent!', 'subject-reorder!<child-before-parent'],
    ],
    'a live reader may': [
      `reader live live | ${lineage} | ${all} | read 700=a2 by:live shard:1 | read 10=a0 20=a1 by:live`,
      ['?subject-loss'],
    ],
    'a reader of no role is a live one': [
      `${lineage} | ${all} | read 700=a2 by:x shard:1 | read 10=a0 20=a1 by:x`,
      ['?subject-loss'],
    ],
    'the final reader may': [
      `${lineage} | read 700=a2 800=a3 shard:1 chain:2 | read 10=a0 20=a1 end`,
      ['?subject-loss'],
    ],
    'with iterators of its own too': [
      `${lineage} | ${all} | read 700=a2 by:app shard:1 | read 10=a0 20=a1 by:app`,
      [
        '?subject-loss',
        'child-before-parent!',
        'subject-reorder!<child-before-parent',
        'subject-reorder!<child-before-parent',
      ],
    ],
    'a parent that it never reads': [
      `${lineage} | ${all} | read 700=a2 800=a3 by:app shard:1 from:UNKNOWN nomore`,
      ['?subject-loss'],
    ],
    'what it leaves unread at the end of the parent': [
      `${lineage} | ${all} | read 10=a0 by:app from:UNKNOWN nomore | read 700=a2 800=a3 by:app shard:1 from:UNKNOWN nomore`,
      ['?subject-loss'],
    ],
    'child first, and no list of shards': [
      `bare | reader app subject | read 700=a2 by:app shard:1 from:UNKNOWN | read 10=a0 20=a1 by:app from:UNKNOWN`,
      ['?child-before-parent'],
      dump,
    ],
    'parent first, and no list of shards': [
      `bare | reader app subject | read 10=a0 20=a1 by:app from:UNKNOWN | read 700=a2 by:app shard:1 from:UNKNOWN`,
      [],
      dump,
    ],
    'given again from the parent behind the child, and no list of shards': [
      `bare | reader app subject | read 10=a0 20=a1 by:app from:UNKNOWN | read 700=a2 by:app shard:1 from:UNKNOWN | read 20=a1 by:app from:UNKNOWN chain:3`,
      ['subject-duplicate/resume~'],
      dump,
    ],
    'another key': [
      'reader app subject | a0>10 | c0>15 | a1>20 | c1>25 | split | a2>1/700 | read 10=a0 15=c0 20=a1 25=c1 end | read 700=a2 shard:1 chain:2 | read 10=a0 20=a1 by:app from:UNKNOWN nomore | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 25=c1 by:app nomore',
      ['subject-loss/middle!'],
    ],
    'by first delivery: what comes again is not late': [
      `${lineage} | ${all} | read 10=a0 20=a1 by:app from:UNKNOWN nomore | read 700=a2 800=a3 by:app shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app chain:2 from:UNKNOWN nomore`,
      ['subject-duplicate/resume~', 'subject-duplicate/resume~'],
    ],
    'by first delivery: the child came too early, and again in order': [
      `${lineage} | ${all} | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore | read 700=a2 800=a3 by:app shard:1 chain:2 from:UNKNOWN nomore`,
      [
        'child-before-parent!',
        'subject-duplicate/resume~',
        'subject-reorder!<child-before-parent',
        'subject-reorder!<child-before-parent',
      ],
    ],
    'two consumers, each with one of the shards': [
      `reader two subject | ${lineage} | ${all} | read 700=a2 by:two shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore`,
      ['?subject-loss'],
    ],
    'at the same time, in the order of lines': [
      `${lineage} | ${all} | read 10=a0 20=a1 by:app from:UNKNOWN nomore | same read 700=a2 by:app shard:1 from:UNKNOWN nomore`,
      ['?subject-loss'],
    ],
    'at the same time, against the order of lines': [
      `${lineage} | ${all} | read 700=a2 by:app shard:1 from:UNKNOWN nomore | same read 10=a0 20=a1 by:app from:UNKNOWN nomore`,
      [
        '?subject-loss',
        'child-before-parent!',
        'subject-reorder!<child-before-parent',
        'subject-reorder!<child-before-parent',
      ],
    ],
    'shards that nothing relates': [
      'bare | topo halves | reader final final | reader app subject | a0>10 | a1>20 | b0>1/5 | b1>1/15 | read 10=a0 20=a1 | read 5=b0 15=b1 shard:1 chain:2 | read 5=b0 15=b1 by:app shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore',
      [],
    ],
    'a merge, in order': [
      `${merged} | ${allMerged} | read 15=b0 by:app shard:1 from:UNKNOWN nomore | read 10=a0 by:app from:UNKNOWN nomore | read 700=a1 800=b1 by:app shard:2 from:UNKNOWN nomore`,
      [],
    ],
    'a merge, after one of the parents only': [
      `${merged} | ${allMerged} | read 10=a0 by:app from:UNKNOWN nomore | read 700=a1 800=b1 by:app shard:2 from:UNKNOWN nomore | read 15=b0 by:app shard:1 from:UNKNOWN nomore`,
      ['child-before-parent!', 'subject-reorder!<child-before-parent'],
    ],
    'a merge, before both parents': [
      `${merged} | ${allMerged} | read 700=a1 800=b1 by:app shard:2 from:UNKNOWN nomore | read 10=a0 by:app from:UNKNOWN nomore | read 15=b0 by:app shard:1 from:UNKNOWN nomore`,
      [
        'child-before-parent!',
        'child-before-parent!',
        'subject-reorder!<child-before-parent',
        'subject-reorder!<child-before-parent',
      ],
    ],
    'a grandparent': [
      'reader app subject | a0>10 | a1>20 | topo again | a2>3/1100 | read 10=a0 20=a1 end | read 1100=a2 shard:3 chain:2 | read 1100=a2 by:app shard:3 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore',
      ['child-before-parent!', 'subject-reorder!<child-before-parent', 'subject-reorder!<child-before-parent'],
    ],
    'a grandparent, in order': [
      'reader app subject | a0>10 | a1>20 | topo again | a2>3/1100 | read 10=a0 20=a1 end | read 1100=a2 shard:3 chain:2 | read 10=a0 20=a1 by:app from:UNKNOWN nomore | read 1100=a2 by:app shard:3 from:UNKNOWN nomore',
      [],
    ],
    'an end told too early explains it': [
      `${lineage} | ${all} | read 10=a0 by:app from:UNKNOWN end | read 700=a2 by:app shard:1 from:UNKNOWN | read 20=a1 by:app chain:2 from:UNKNOWN`,
      ['?subject-loss', 'child-before-parent!', 'subject-reorder!<child-before-parent'],
    ],
    'without puts': [
      'reader app subject | topo split | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 10=a0 20=a1 by:app from:UNKNOWN nomore',
      ['child-before-parent!', 'subject-reorder!<child-before-parent', 'subject-reorder!<child-before-parent'],
      dump,
    ],
    'end markers are no records of a key': [
      'reader app subject | a0>10 | put 9 a0 by:s sentinel | ack 9 20 | split | a1>1/700 | put 8 a1 by:s sentinel | ack 8 1/800 | read 10=a0 20=s:a0 end | read 700=a1 800=s:a1 shard:1 chain:2 | read 10=a0 by:app from:UNKNOWN nomore | read 800=s:a1 by:app shard:1 from:UNKNOWN nomore | read 20=s:a0 by:app nomore',
      ['?subject-loss'],
    ],
    'records of two producers of one key': [
      'reader app subject | a0>10 | a0>20 by:p2 | split | a1>1/700 | read 10=a0 20=p2:a0 end | read 700=a1 shard:1 chain:2 | read 10=a0 by:app from:UNKNOWN nomore | read 700=a1 by:app shard:1 from:UNKNOWN nomore | read 20=p2:a0 by:app nomore',
      ['child-before-parent!'],
    ],
    'what it covers of the parent and is given never': [
      'reader app subject | a0>10 | a1>20 | c0>30 | split | a2>1/700 | read 10=a0 20=a1 30=c0 end | read 700=a2 shard:1 chain:2 | read 10=a0 by:app from:UNKNOWN nomore | read 700=a2 by:app shard:1 from:UNKNOWN nomore | read 30=c0 by:app nomore',
      ['subject-loss/middle!'],
    ],
  },
  'who reads, and why': {
    'a reader that no line names is live: it proves no loss': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 by:x',
      ['poll-skip!', 'unseen.', '?lost-write'],
    ],
    'a subject proves no loss': [
      'reader app subject | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 by:app',
      ['?all', 'unseen.', 'unseen.', 'unseen.'],
    ],
    'a subject passes over what nobody has': [
      'reader app subject | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | read 10=a0 30=a2 by:app from:UNKNOWN',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'a reader may be named after its pages': [
      'bare | topo whole | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | reader final final',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'first occurrences are those of the final readers': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live behind:0',
      [],
    ],
    'a live reader sees all sooner': [
      'reader live live | a0>10 | read 10=a0 by:live | a1>20 | read 20=a1 by:live | read 10=a0 20=a1',
      [],
    ],
  },
  '8: passed over is not late': {
    'a live reader never reached the last': [
      'reader live live | a0>10 | a1>20 | read 10=a0 by:live | read 10=a0 20=a1',
      [],
    ],
    'a live reader that read nothing': ['reader live live | a0>10 | a1>20 | read by:live | read 10=a0 20=a1', []],
    'a live reader that is behind': [
      'reader live live | a0>10 | a1>20 | read 10=a0 by:live behind:9000 | read 10=a0 20=a1',
      [],
    ],
    'a live reader that only failed': ['reader live live | a0>10 | a1>20 | read error by:live | read 10=a0 20=a1', []],
    'a subject that began late': [
      'reader app subject | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:app from:UNKNOWN',
      ['?subject-loss'],
    ],
  },
  '9: what others wrote on a shared stream is judged for position order only': {
    'read by one reader only': [
      'reader live live | a0>10 | a1>20 | read 5=z 10=a0 20=a1 | read 10=a0 20=a1 by:live',
      [],
      shared,
    ],
    'falls within a page': ['a0>10 | a1>20 | read 10=a0 20=a1 15=z', ['int-nonmonotonic-poll!'], shared],
    'falls from page to page': ['a0>10 | a1>20 | read 10=a0 20=a1 | read 15=z', ['nonmonotonic-poll!'], shared],
    'comes again': ['a0>10 | a1>20 | read 10=a0 20=a1 30=z | read 30=z', ['re-delivery!'], shared],
    'comes again after a restart': [
      'a0>10 | a1>20 | read 10=a0 20=a1 30=z | read 30=z chain:2 from:AT=30',
      ['re-delivery~'],
      shared,
    ],
    'late after the tip': ['a0>10 | a1>20 | read 10=a0 20=a1 behind:0 | read 30=z', [], { ...shared, ...settle(0) }],
    'not shared: a phantom': ['a0>10 | a1>20 | read 10=a0 20=a1 30=z', ['phantom!']],
    'not shared: two of them': ['a0>10 | a1>20 | read 10=a0 20=a1 30=z 40=z', ['phantom!', 'phantom!']],
    'not shared, read by two: one': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 30=z | read 10=a0 20=a1 30=z by:live',
      ['phantom!'],
    ],
    'an identity of this run that was never put, at a place that was acknowledged to a record': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a7 30=a2',
      ['corruption!', 'lost-write/middle!<corruption', 'inconsistent-offsets!<corruption', 'phantom!<corruption'],
    ],
    'without an identity, at a place that was acknowledged to a record': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=z 30=a2',
      ['corruption!', 'lost-write/middle!<corruption'],
      shared,
    ],
  },
};

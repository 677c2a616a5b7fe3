import { shard } from '../../generators/history-builder.ts';
import { anHour, type ReadingCases, settle, shared } from './reading-cases.ts';

/** The hour of `anHour` after the acknowledgement of a0 at 40 µs, and after that of a1 at 60. */
const [over0, over1] = [3_600_000_040, 3_600_000_060];

/** What the contract says of the ends of shards, and of the end of retention. */
export const ends: ReadingCases = {
  'B8: a shard ends when it is closed and all of it was delivered': {
    'it does': ['a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2', []],
    'it is open': ['a0>10 | a1>20 | read 10=a0 20=a1 end', ['premature-shard-end!']],
    'it is open, and empty': [
      'bare | topo halves | reader final final | a0>10 | a1>20 | read 10=a0 20=a1 | read shard:1 end',
      ['premature-shard-end!'],
    ],
    'it is open, and it was read to the end by a subject': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:app from:UNKNOWN end',
      [],
    ],
    'nothing is listed': ['bare | reader final final | a0>10 | a1>20 | read 10=a0 20=a1 end', []],
    'it is open in a list before the end, and closed in the last, by a split that was called later': [
      'a0>10 | a1>1/700 | read 10=a0 end | split | a2>1/800 | read 700=a1 800=a2 shard:1 chain:2',
      ['premature-shard-end!'],
    ],
    'it is open in a list before the end, and closed in the last, by nobody who is known': [
      'a0>10 | a1>1/700 | read 10=a0 end | topo split | a2>1/800 | read 700=a1 800=a2 shard:1 chain:2',
      [],
    ],
    'a split that was called before and answered later': [
      [
        'a0>10',
        { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] },
        'read 10=a0 end',
        { type: 'reshard', id: 1, phase: 'ok' },
        'topo split',
        'a1>1/700',
        'read 700=a1 shard:1 chain:2',
      ],
      [],
    ],
    'a split that failed before, and one that was called later': [
      [
        { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] },
        { type: 'reshard', id: 1, phase: 'fail' },
        'a0>10',
        'read 10=a0 end',
        { type: 'reshard', id: 2, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] },
        { type: 'reshard', id: 2, phase: 'ok' },
        'topo split',
        'a1>1/700',
        'read 700=a1 shard:1 chain:2',
      ],
      ['premature-shard-end!'],
    ],
    'a split that was called later, and is not known to be done': [
      [
        'a0>10',
        'read 10=a0 end',
        { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] },
        { type: 'reshard', id: 1, phase: 'info' },
        'topo split',
        'a1>1/700',
        'read 700=a1 shard:1 chain:2',
      ],
      [],
    ],
    'a record that was put into it later, and nobody has': [
      'a0>10 | read 10=a0 end | a1>20 | topo split | a2>1/700 | read 700=a2 shard:1 chain:2',
      ['lost-write/middle!<premature-shard-end', 'premature-shard-end!'],
    ],
    'a record that was put into it later, when it was shown closed': [
      'a0>10 | topo split | read 10=a0 end | a1>20 | a2>1/700 | read 700=a2 shard:1 chain:2',
      ['lost-write/middle!', 'write-to-closed!'],
    ],
    'nothing is listed, and a record was put into it later': [
      'bare | reader final final | a0>10 | a1>20 | read 10=a0 20=a1 end | a2>30',
      ['premature-shard-end!', 'unseen.<premature-shard-end', '?lost-write'],
    ],
    'a list after the end shows it open': [
      'a0>10 | a1>20 | read 10=a0 20=a1 end | topo whole | split | a2>1/700 | read 700=a2 shard:1 chain:2',
      ['premature-shard-end!'],
    ],
    'a list after the end shows it open while UPDATING, then it is closed': [
      'a0>10 | a1>20 | read 10=a0 20=a1 end | topo whole UPDATING | topo split | a2>1/700 | read 700=a2 shard:1 chain:2',
      [],
    ],
    'one more record above, which others have': [
      'reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | read 10=a0 by:live end',
      ['lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'one more record above, which nobody has: it is lost': [
      'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 end | read 700=a2 shard:1 chain:2',
      ['lost-write/middle!'],
    ],
    'one more record above, and no proof of a loss': [
      'bare | topo whole | reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 by:live end | read 700=a2 by:live shard:1 chain:2',
      ['unseen.', '?lost-write'],
    ],
    'a record above that was acknowledged after the end was told': [
      'a0>10 | put 1 b0 | split | a1>1/700 | read 10=a0 end | ack 1 20 | read 700=a1 shard:1 chain:2',
      ['lost-write/prefix!'],
    ],
    'a foreign record above': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 20=z end | read 700=a1 shard:1 chain:2 | read 10=a0 by:live end',
      ['premature-shard-end!'],
      shared,
    ],
    'a sub above': [
      'reader live live | put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | split | a2>1/700 | read 10.0=a0 10.1=a1 end | read 700=a2 shard:1 chain:2 | read 10.0=a0 by:live end',
      ['lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'nothing delivered from the beginning': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read by:live end',
      ['lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'nothing delivered AFTER the last': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read by:live from:AFTER=10 end',
      [],
    ],
    'nothing delivered AFTER the one before the last': [
      'reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | read by:live from:AFTER=10 end',
      ['premature-shard-end!'],
    ],
    'nothing delivered AT the last': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read by:live from:AT=10 end',
      ['premature-shard-end!'],
    ],
    'nothing delivered from LATEST': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read by:live from:LATEST end',
      [],
    ],
    'nothing delivered from UNKNOWN': [
      'reader app subject | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read by:app from:UNKNOWN end',
      ['?subject-loss'],
    ],
    'a page that does not tell': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:app from:UNKNOWN nomore',
      ['?subject-loss'],
    ],
    'a failed page is no end': ['a0>10 | a1>20 | read 10=a0 20=a1 | read error', []],
    'what lies above was no longer retained': [
      `reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | at ${over1 + 20} | read by:live from:AFTER=10 end asked:${over1 + 10}`,
      [],
      anHour,
    ],
    'what lies above was retained': [
      `reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | at ${over1 + 20} | read by:live from:AFTER=10 end asked:${over1 + 9}`,
      ['premature-shard-end!'],
      anHour,
    ],
  },
  'B8: a closed shard that was read to its last record ends within the settling time': {
    'it does': [
      'a0>10 | split | a1>1/700 | read 10=a0 | read 700=a1 shard:1 chain:2 | wait 2000 | read end',
      [],
      settle(1),
    ],
    'just the settling time after its last record': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 1100 | read',
      [],
      settle(1),
    ],
    'one more': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 1101 | read',
      ['stuck-shard-end~'],
      settle(1),
    ],
    'just the settling time after it was listed as closed': [
      'a0>10 | read 10=a0 | at 80 | split | a1>1/700 | read 700=a1 shard:1 chain:2 | at 1100 | read',
      [],
      settle(1),
    ],
    'one more after it was listed as closed': [
      'a0>10 | read 10=a0 | at 80 | split | a1>1/700 | read 700=a1 shard:1 chain:2 | at 1101 | read',
      ['stuck-shard-end~'],
      settle(1),
    ],
    'five seconds, where nothing is said': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 5000100 | read',
      [],
    ],
    'five seconds, where nothing is said: one more': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 5000101 | read',
      ['stuck-shard-end~'],
    ],
    'it is open': ['a0>10 | a1>20 | read 10=a0 20=a1 | wait 9000000 | read', []],
    'its last record was not delivered': [
      'reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | read 10=a0 by:live | wait 9000000 | read by:live',
      [],
    ],
    'the last page failed': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 1101 | read error',
      [],
      settle(1),
    ],
    'the last page does not tell': [
      'reader app subject | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read 10=a0 by:app from:UNKNOWN nomore | wait 9000 | read by:app nomore',
      ['?subject-loss'],
      settle(1),
    ],
    'it ended late, but it ended': [
      'a0>10 | split | a1>1/700 | read 10=a0 | read 700=a1 shard:1 chain:2 | wait 9000 | read | read end',
      [],
      settle(1),
    ],
  },
  'C7: an acknowledged record whose retention was over at the first page of its shard expired': {
    'it was over': [
      `a0>10 | a1>20 | a2>30 | a3>40 | at ${over0 + 10} | read 30=a2 40=a3 asked:${over0}`,
      ['expired-unread.', 'lost-write/prefix!'],
      anHour,
    ],
    'one before: it is lost': [
      `a0>10 | a1>20 | a2>30 | a3>40 | at ${over0 + 10} | read 30=a2 40=a3 asked:${over0 - 1}`,
      ['lost-write/prefix!', 'lost-write/prefix!'],
      anHour,
    ],
    'all of them': [
      `a0>10 | a1>20 | at ${over1 + 10} | read asked:${over1}`,
      ['expired-unread.', 'expired-unread.', '?all'],
      anHour,
    ],
    'another shard was read in time': [
      `bare | topo halves | reader final final | b0>1/5 | b1>1/6 | a0>10 | a1>20 | read 5=b0 6=b1 shard:1 chain:2 | at ${over1 + 90} | read asked:${over1 + 80}`,
      ['expired-unread.', 'expired-unread.'],
      anHour,
    ],
    'another reader had begun in time': [
      `reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 30=a2 by:live from:UNKNOWN | at ${over0 + 40} | read 30=a2 40=a3 asked:${over0 + 29}`,
      ['lost-write/prefix!', 'unseen.'],
      anHour,
    ],
    'never asked for at all': [
      'bare | topo halves | reader final final | a0>10 | a1>20 | b0>1/5 | b1>1/6 | read 10=a0 20=a1',
      ['unseen.', 'unseen.', '?lost-write'],
      anHour,
    ],
    'it was read all the same': [`a0>10 | a1>20 | at ${over1 + 10} | read 10=a0 20=a1 asked:${over1}`, [], anHour],
    'its answer never came': [
      `a0>info | a1>20 | a2>30 | at ${over1 + 10} | read 20=a1 30=a2 asked:${over1}`,
      ['counter-gap/info~'],
      anHour,
    ],
  },
  '11, 12: what a page no longer owes was not passed over': {
    'no longer retained when the later page was asked': [
      `reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | at ${over1 + 40} | read 30=a2 by:live asked:${over1 + 10}`,
      [],
      anHour,
    ],
    'retained until one before': [
      `reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | at ${over1 + 40} | read 30=a2 by:live asked:${over1 + 9}`,
      ['lost-in-view!<poll-skip', 'poll-skip!'],
      anHour,
    ],
  },
};

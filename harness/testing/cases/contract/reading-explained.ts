import { anHour, epoch, type ReadingCases, settle, shared } from './reading-cases.ts';

const passedOver = 'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live';
const expecting = (expect: Record<string, readonly string[]>) => ({ scenario: { expect } });
const over = 3_600_000_050;

/** One cause, one finding; and what a scenario expects of readers. */
export const explained: ReadingCases = {
  'one cause, one finding': {
    'one number for two records of a page: that explains the page': [
      'a0>10 | a1>20 | b0>20 | read 10=a0 20=a1 20=b0',
      ['inconsistent-offsets!', 'int-nonmonotonic-poll!<inconsistent-offsets', 're-delivery!<inconsistent-offsets'],
    ],
    'and not a page that falls elsewhere': [
      'a0>10 | a1>20 | b0>20 | a2>30 | read 20=a1 20=b0 | read 30=a2 10=a0',
      [
        'inconsistent-offsets!',
        'int-nonmonotonic-poll!',
        'int-nonmonotonic-poll!<inconsistent-offsets',
        're-delivery!<inconsistent-offsets',
      ],
    ],
    'nor what comes again elsewhere': [
      'a0>10 | a1>20 | b0>20 | read 10=a0 20=a1 20=b0 | read 10=a0',
      [
        'inconsistent-offsets!',
        'int-nonmonotonic-poll!<inconsistent-offsets',
        'nonmonotonic-poll!<int-nonmonotonic-poll',
        're-delivery!',
        're-delivery!<inconsistent-offsets',
      ],
    ],
    'a record passed over when the tip was told, and delivered later: it did not lie ahead': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 | read 30=a2 behind:0 | read 20=a1',
      ['nonmonotonic-poll!', 'poll-skip!<nonmonotonic-poll'],
      settle(0),
    ],
    'a record passed over after the tip was told, and delivered later: the disorder explains the gap, the gap the bookmark':
      [
        'a0>10 | a1>20 | a2>30 | read 10=a0 behind:0 | read 30=a2 | read 20=a1',
        ['bookmark-broken~', 'bookmark-broken~<poll-skip', 'nonmonotonic-poll!', 'poll-skip!<nonmonotonic-poll'],
        settle(0),
      ],
    'a wrong start explains what comes again': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | read 20=a1 30=a2 chain:2 from:LATEST got:101-102',
      ['re-delivery~<resumable-broken', 'resumable-broken!'],
    ],
    'a wrong start AFTER a number explains what lies behind the record that it should not deliver': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live from:AFTER=20',
      ['lost-in-view!<poll-skip', 'poll-skip!<resumable-broken', 'resumable-broken!'],
    ],
    'the same AT a number': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live from:AT=20',
      ['lost-in-view!<poll-skip', 'poll-skip!<resumable-broken', 'resumable-broken!'],
    ],
    'but not what lies between two that it should deliver': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 10=a0 20=a1 40=a3 by:live from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!', 'resumable-broken!'],
    ],
    'a wrong start does not explain what lies between two, later in the chain': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | a4>50 | read 10=a0 20=a1 30=a2 40=a3 50=a4 | read 20=a1 30=a2 50=a4 by:live',
      ['lost-in-view!<poll-skip', 'lost-in-view!<resumable-broken', 'poll-skip!', 'resumable-broken!'],
    ],
    'a disorder does not explain what was passed over elsewhere and never delivered': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | a4>50 | read 10=a0 20=a1 30=a2 40=a3 50=a4 | read 10=a0 30=a2 by:live | read 50=a4 by:live | read 40=a3 by:live',
      ['lost-in-view!<poll-skip', 'nonmonotonic-poll!', 'poll-skip!', 'poll-skip!<nonmonotonic-poll'],
    ],
    'the end of another shard explains nothing': [
      'bare | topo halves | reader final final | reader live live | a0>10 | a1>20 | b0>1/5 | b1>1/15 | b2>1/25 | read 10=a0 20=a1 end | read 5=b0 15=b1 25=b2 shard:1 chain:2 | read 5=b0 25=b2 by:live shard:1',
      ['lost-in-view!<poll-skip', 'poll-skip!', 'premature-shard-end!'],
    ],
    'a loss explains every reader that passes over it': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-write/middle!', 'poll-skip!<lost-write', 'poll-skip!<lost-write'],
    ],
    'two chains of one reader pass over the same: found once': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live | read 10=a0 30=a2 by:live chain:2 from:TRIM',
      ['lost-in-view!<poll-skip', 'poll-skip!', 're-delivery~', 're-delivery~'],
    ],
    'two readers pass over the same: each is found': [
      'reader live live | reader two live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live | read 10=a0 30=a2 by:two',
      ['lost-in-view!<poll-skip', 'lost-in-view!<poll-skip', 'poll-skip!', 'poll-skip!'],
    ],
  },
  'only a finding at least as strict may explain another': {
    'allowed, it explains no forbidden one': [
      passedOver,
      ['lost-in-view!', 'poll-skip~'],
      expecting({ allow: ['poll-skip'] }),
    ],
    'to be found, it explains no forbidden one': [
      passedOver,
      ['lost-in-view!', 'poll-skip+'],
      expecting({ find: ['poll-skip'] }),
    ],
    'ignored, it explains no forbidden one': [passedOver, ['lost-in-view!'], expecting({ ignore: ['poll-skip'] })],
    'both allowed: it explains': [
      passedOver,
      ['lost-in-view~<poll-skip', 'poll-skip~'],
      expecting({ allow: ['poll-skip', 'lost-in-view'] }),
    ],
    'forbidden, it explains what is allowed': [
      passedOver,
      ['lost-in-view~<poll-skip', 'poll-skip!'],
      expecting({ allow: ['lost-in-view'] }),
    ],
  },
  'what is allowed may be forbidden': {
    'bookmark-broken': [
      'a0>10 | a1>20 | read behind:0 asked:41 | read 10=a0 20=a1',
      ['bookmark-broken!'],
      { ...settle(0), ...expecting({ forbid: ['bookmark-broken'] }) },
    ],
    'nonmonotonic-session': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 chain:2 from:TRIM behind:0',
      ['nonmonotonic-session!', 'poll-skip~', 're-delivery~', 're-delivery~', 'reader-divergence~<poll-skip'],
      expecting({ forbid: ['nonmonotonic-session'], allow: ['poll-skip', 'reader-divergence'] }),
    ],
    'stuck-shard-end': [
      'a0>10 | split | a1>1/700 | at 100 | read 10=a0 | read 700=a1 shard:1 chain:2 | at 5000101 | read',
      ['stuck-shard-end!'],
      expecting({ forbid: ['stuck-shard-end'] }),
    ],
    'arrival-regression': [
      'at 2000000 | a0>10 | a1>20 | read 10=a0@2501 20=a1@1500',
      ['arrival-regression!'],
      { ...epoch, ...expecting({ forbid: ['arrival-regression'] }) },
    ],
    're-delivery after a restart': [
      'a0>10 | a1>20 | read 10=a0 | read 10=a0 20=a1 chain:2 from:TRIM',
      ['re-delivery!'],
      expecting({ forbid: ['re-delivery'] }),
    ],
  },
  '9: a record of nobody in this run is owed to no reader': {
    'a second pass is not given it': [
      'a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 10=a0 20=a1 chain:2 from:TRIM',
      ['re-delivery~', 're-delivery~'],
      shared,
    ],
    'a second pass is not given it, at the tip': [
      'a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 10=a0 20=a1 chain:2 from:TRIM behind:0',
      ['re-delivery~', 're-delivery~'],
      shared,
    ],
    'a chain AFTER the one before it is not given it': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 20=a1 by:live from:AFTER=10',
      [],
      shared,
    ],
    'a chain by its arrival is not given it': [
      'reader live live | a0>10 | a1>20 | read 10=a0@10 15=z@20 20=a1@30 | read 20=a1@30 by:live from:TIME=15',
      [],
      { ...shared, ...epoch },
    ],
  },
  '11: what is no longer retained is owed to no reader': {
    'a chain AFTER the one before it': [
      `reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | at ${over + 40} | read 30=a2 by:live from:AFTER=10 asked:${over + 20}`,
      [],
      anHour,
    ],
    'a chain AFTER the one before it, one before': [
      `reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | at ${over + 40} | read 30=a2 by:live from:AFTER=10 asked:${over + 19}`,
      ['resumable-broken!'],
      anHour,
    ],
    'a chain by its arrival': [
      `reader live live | a0>10 | a1>20 | read 10=a0@10 20=a1@30 | at ${over + 40} | read 20=a1@30 by:live from:TIME=5 asked:${over}`,
      [],
      { ...anHour, ...epoch },
    ],
    'a chain by its arrival, one before': [
      `reader live live | a0>10 | a1>20 | read 10=a0@10 20=a1@30 | at ${over + 40} | read 20=a1@30 by:live from:TIME=5 asked:${over - 1}`,
      ['resumable-broken!'],
      { ...anHour, ...epoch },
    ],
    'passed over while it was retained, and others delivered when it no longer was': [
      `reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 10=a0 40=a3 by:live | at ${over + 90} | read 30=a2 by:live`,
      ['lost-in-view!<poll-skip', 'nonmonotonic-poll!', 'poll-skip!', 'poll-skip!<nonmonotonic-poll'],
      anHour,
    ],
    'a second pass of a reader, from the beginning': [
      `a0>10 | a1>20 | read 10=a0 20=a1 | at ${over + 40} | read 20=a1 chain:2 from:TRIM behind:0 asked:${over}`,
      ['re-delivery~'],
      anHour,
    ],
    'a second pass of a reader, between two': [
      `a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | at ${over + 40} | read 10=a0 30=a2 chain:2 from:TRIM asked:${over + 20}`,
      ['re-delivery~', 're-delivery~'],
      anHour,
    ],
    'a second pass of a reader, between two, retained': [
      `a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | at ${over + 40} | read 10=a0 30=a2 chain:2 from:TRIM asked:${over + 9}`,
      ['poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
      anHour,
    ],
  },
};

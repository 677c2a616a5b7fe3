import { anHour, type ReadingCases, settle, shared } from './reading-cases.ts';

/** An hour, counted from the first acknowledgement of the cases below (50 µs). */
const end = 3_600_000_050;

/** Contract, 20: what a page that says "nothing behind" may not leave ahead of its chain. */
export const bookmarks: ReadingCases = {
  'B7: at the tip, nothing acknowledged well before lies ahead of the chain': {
    'acknowledged just the settling time before': [
      'a0>10 | a1>20 | at 1070 | read behind:0 asked:1040 | read 10=a0 20=a1',
      [],
      settle(1),
    ],
    'one more': [
      'a0>10 | a1>20 | at 1070 | read behind:0 asked:1041 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(1),
    ],
    'no settling time: one more': [
      'a0>10 | a1>20 | read behind:0 asked:41 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
    'no settling time: at once': ['a0>10 | a1>20 | read behind:0 asked:40 | read 10=a0 20=a1', [], settle(0)],
    'five seconds where nothing is said: just': [
      'a0>10 | a1>20 | at 5000070 | read behind:0 asked:5000040 | read 10=a0 20=a1',
      [],
    ],
    'five seconds where nothing is said: one more': [
      'a0>10 | a1>20 | at 5000070 | read behind:0 asked:5000041 | read 10=a0 20=a1',
      ['bookmark-broken~'],
    ],
    'one millisecond behind': ['a0>10 | a1>20 | read behind:1 | read 10=a0 20=a1', [], settle(0)],
    'on the page itself': ['a0>10 | a1>20 | read 10=a0 20=a1 behind:0', [], settle(0)],
    'never acknowledged': [
      'a0>10 | a1>20 | put 1 b0 | read 10=a0 20=a1 behind:0 | read 30=b0',
      ['recovered.'],
      settle(0),
    ],
    'acknowledged afterwards': ['put 1 a0 | read behind:0 | ack 1 10 | a1>20 | read 10=a0 20=a1', [], settle(0)],
    'in another chain: this one never gives it': [
      'reader live live | a0>10 | a1>20 | read behind:0 by:live | read 10=a0 20=a1',
      ['bookmark-broken~', 'bookmark-broken~'],
      settle(0),
    ],
    'what was delivered before, and comes again': [
      'a0>10 | a1>20 | read 10=a0 20=a1 behind:0 | read 20=a1',
      ['re-delivery!'],
      settle(0),
    ],
    'one that lies ahead of what was delivered, and never comes': [
      'reader live live | a0>10 | a1>20 | read 10=a0 by:live behind:0 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
    'one that the same page delivers': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 by:live behind:0 | read 10=a0 20=a1',
      [],
      settle(0),
    ],
    'what nobody reads, and is not known to be lost': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 behind:0',
      ['bookmark-broken~', 'unseen.', '?lost-write'],
      settle(0),
    ],
    'what is lost is not there: that explains it': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 behind:0 | read 30=a2',
      ['bookmark-broken~', 'bookmark-broken~<lost-write', 'lost-write/middle!', 'poll-skip!<lost-write'],
      settle(0),
    ],
    'what is lost at the end of a closed shard': [
      'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 behind:0 end | read 700=a2 shard:1 chain:2',
      ['bookmark-broken~<lost-write', 'lost-write/middle!'],
      settle(0),
    ],
    'what others have, and this one passes over': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 by:live behind:0 | read 30=a2 by:live | read 10=a0 20=a1 30=a2',
      ['bookmark-broken~', 'bookmark-broken~<poll-skip', 'lost-in-view!<poll-skip', 'poll-skip!'],
      settle(0),
    ],
    'what was acknowledged to a place at which it is not': [
      'reader live live | a0>10 | a1>20 | read 10=a0 by:live behind:0 | read 10=a0 30=a1',
      ['ack-mismatch!'],
      settle(0),
    ],
    'an end marker counts': [
      'reader live live | a0>10 | a1>20 | put 9 z0 by:s sentinel | ack 9 30 | read 10=a0 20=a1 by:live behind:0 | read 10=a0 20=a1 30=s:z0',
      ['bookmark-broken~'],
      settle(0),
    ],
    'a foreign record was acknowledged to nobody': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 by:live behind:0 | read 10=a0 20=a1 30=z',
      [],
      { ...shared, ...settle(0) },
    ],
    'no longer retained when the page was asked': [
      `reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at ${end + 40} | read by:live behind:0 asked:${end + 20}`,
      [],
      { ...anHour, ...settle(0) },
    ],
    'one of them just retained': [
      `reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at ${end + 40} | read by:live behind:0 asked:${end + 19}`,
      ['bookmark-broken~'],
      { ...anHour, ...settle(0) },
    ],
    'from LATEST: what was sent after it was given': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | a2>30 | read by:live from:LATEST got:60-89 behind:0 | read 30=a2',
      ['bookmark-broken~'],
      settle(0),
    ],
    'from LATEST: what was sent before it was given may lie before it': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | a2>30 | read by:live from:LATEST got:60-90 behind:0 | read 30=a2',
      [],
      settle(0),
    ],
    'from LATEST: nobody knows when it was given': [
      'reader live live | a0>10 | a1>20 | read by:live from:LATEST got:none behind:0 | read 10=a0 20=a1',
      [],
      settle(0),
    ],
    'from LATEST: what lies ahead of its first record': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 20=a1 by:live from:LATEST got:45-95 behind:0 | read 10=a0 20=a1 30=a2',
      ['bookmark-broken~'],
      settle(0),
    ],
    'AFTER a number': [
      'reader live live | a0>10 | a1>20 | read by:live from:AFTER=10 behind:0 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
    'AFTER the last': [
      'reader live live | a0>10 | a1>20 | read by:live from:AFTER=20 behind:0 | read 10=a0 20=a1',
      [],
      settle(0),
    ],
    'AT the last': [
      'reader live live | a0>10 | a1>20 | read by:live from:AT=20 behind:0 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
    'AT_TIMESTAMP: from the first that arrived in time': [
      'reader live live | a0>10 | a1>20 | a2>30 | read by:live from:TIME=50 behind:0 | read 10=a0@10 20=a1@50 30=a2@40',
      ['bookmark-broken~', 'bookmark-broken~'],
      settle(0),
    ],
    'AT_TIMESTAMP: none arrived in time': [
      'reader live live | a0>10 | a1>20 | read by:live from:TIME=50 behind:0 | read 10=a0@10 20=a1@49',
      [],
      settle(0),
    ],
    'from UNKNOWN: nobody knows what lies ahead': [
      'reader live live | a0>10 | a1>20 | read by:live from:UNKNOWN behind:0 | read 10=a0 20=a1',
      [],
      settle(0),
    ],
    'from UNKNOWN: what is delivered later lay ahead': [
      'reader live live | a0>10 | a1>20 | a2>30 | read by:live from:UNKNOWN behind:0 | read 20=a1 by:live | read 10=a0 20=a1 30=a2',
      ['bookmark-broken~', 'bookmark-broken~'],
      settle(0),
    ],
    'a chain that goes back says it of where it is': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | read 10=a0 behind:0 | read 20=a1 30=a2',
      [
        'bookmark-broken~<poll-skip',
        'nonmonotonic-poll!',
        'poll-skip!<nonmonotonic-poll',
        're-delivery!',
        're-delivery!',
      ],
      settle(0),
    ],
    'the one that was asked last need not be the last': [
      'a0>10 | a1>20 | read behind:0 asked:45 | read behind:0 asked:30 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
    'at the tip once, and later no more': [
      'a0>10 | read 10=a0 behind:0 | a1>20 | read behind:50 | read 20=a1',
      [],
      settle(0),
    ],
    'two chains at once, one of them at the tip': [
      'reader live live | a0>10 | read behind:0 by:live | read 10=a0 | a1>20 | read 20=a1 behind:0 | read by:live behind:7',
      ['bookmark-broken~'],
      settle(0),
    ],
    'two pages, one record': [
      'a0>10 | read behind:0 | read behind:0 | a1>20 | read 10=a0 20=a1',
      ['bookmark-broken~'],
      settle(0),
    ],
  },
};

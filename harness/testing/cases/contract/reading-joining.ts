import { type ReadingCases, shared } from './reading-cases.ts';

/**
 * What the contract says of chains that go on where another one stopped (7), and of chains that do not. Three records,
 * of which the live reader is not given the second or third.
 */
export const joining: ReadingCases = {
  '7: a chain goes on where the reader stopped': {
    'AFTER the last delivered': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER the last delivered, with leading zeros': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AFTER=0010',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'nothing is passed over': ['a0>10 | a1>20 | a2>30 | read 10=a0 | read 20=a1 30=a2 chain:2 from:AFTER=10', []],
    'AFTER a number behind the last, nothing known between': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AFTER=15',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER one below the next record': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AFTER=19',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER the next record: the reader leaves it out itself': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AFTER=20',
      ['lost-in-view!'],
    ],
    'AFTER what was delivered before the last': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 10=a0 20=a1 by:live | read 20=a1 40=a3 by:live chain:2 from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!', 're-delivery~'],
    ],
    'LATEST does not go on': [
      'reader live live | a0>10 | a1>20 | read 10=a0 by:live | read by:live chain:2 from:LATEST | a2>30 | read 30=a2 by:live chain:2 | read 10=a0 20=a1 30=a2',
      ['lost-in-view!'],
    ],
    'TRIM_HORIZON begins again': ['a0>10 | a1>20 | read 10=a0 | read 10=a0 20=a1 chain:2 from:TRIM', ['re-delivery~']],
    'UNKNOWN does not go on': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:UNKNOWN',
      ['lost-in-view!'],
    ],
    'AFTER, over the end of a chain with an error': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read error by:live | read 30=a2 by:live chain:2 from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER, the chain begins with an error': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read error by:live chain:2 from:AFTER=10 | read 30=a2 by:live chain:2',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER, over a chain that delivered nothing': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read by:live chain:2 from:AFTER=10 | read 30=a2 by:live chain:3 from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'another reader goes on with nothing': [
      'reader live live | reader two live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:two from:AFTER=20',
      [],
    ],
    'AFTER, what came since is not passed over': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 by:live | read 30=a1 by:live chain:2 from:AFTER=10 | ack 1 20 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'AFTER an aggregate goes on behind all of its records': [
      'reader live live | put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | a2>20 | a3>30 | read 10.0=a0 10.1=a1 20=a2 30=a3 | read 10.0=a0 10.1=a1 by:live | read 30=a3 by:live chain:2 from:AFTER=10',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AFTER a foreign record': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 15=z 20=a1 30=a2 | read 10=a0 15=z by:live | read 30=a2 by:live chain:2 from:AFTER=15',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
      shared,
    ],
    'AFTER the same number again, when nothing was delivered, nothing known before: the start is wrong': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live from:AFTER=5 | read 20=a1 by:live chain:2 from:AFTER=5',
      ['resumable-broken!'],
    ],
    'AFTER the same number again, when nothing was delivered': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read by:live from:AFTER=10 | read 30=a2 by:live chain:2 from:AFTER=10',
      ['poll-skip!'],
    ],
    'a final reader, AFTER a number behind the last: it proves the loss': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 | read 30=a2 chain:2 from:AFTER=15',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'a final reader, AFTER the next record: it proves nothing': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 | read 30=a2 chain:2 from:AFTER=20',
      ['unseen.', '?lost-write'],
    ],
    'a final reader, AT the next record': [
      'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 | read 20=a1 40=a3 chain:2 from:AT=20',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'a final reader, from the start, when AT the first record nothing was delivered: it proves the loss': [
      'a0>10 | a1>20 | a2>30 | read from:AT=10 | read 20=a1 30=a2 chain:2 from:TRIM',
      ['lost-write/prefix!'],
    ],
    'from the start, when AT the first record nothing was delivered: covered from the start': [
      'reader live live | put 1 b0 | a0>20 | a1>30 | read by:live from:AT=10 | read 20=a0 30=a1 by:live chain:2 from:TRIM | ack 1 10 | read 10=b0 20=a0 30=a1',
      ['lost-in-view!'],
    ],
    'AFTER what lies far inside what was delivered': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 20=a1 30=a2 by:live | read 30=a2 by:live chain:2 from:AFTER=10',
      ['poll-skip!', 're-delivery~'],
    ],
    'in two steps': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 10=a0 by:live | read 20=a1 by:live chain:2 from:AFTER=10 | read 40=a3 by:live chain:3 from:AFTER=20',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'AT the last delivered': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 10=a0 30=a2 by:live chain:2 from:AT=10',
      ['lost-in-view!<poll-skip', 'poll-skip!', 're-delivery~'],
    ],
    'AT the next record, which then is left out: the start is wrong, and that explains it': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:AT=20',
      ['lost-in-view!<poll-skip', 'poll-skip!<resumable-broken', 'resumable-broken!'],
    ],
  },
};

import { dump, epoch, type ReadingCases, shared } from './reading-cases.ts';

/** What readers see of one another, of themselves when they read again, and of the time. */
export const views: ReadingCases = {
  'C6: what one reader has, another that covers its place must have': {
    'covered from the beginning': [
      'reader live live | put 1 b0 | a0>20 | a1>30 | read 20=a0 30=a1 by:live | ack 1 10 | read 10=b0 20=a0 30=a1',
      ['lost-in-view!'],
    ],
    'covered between two': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:live from:UNKNOWN | ack 1 20 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'below the first delivered of a reader that did not begin at the start': [
      'reader live live | put 1 b0 | a0>20 | a1>30 | read 20=a0 30=a1 by:live from:UNKNOWN | ack 1 10 | read 10=b0 20=a0 30=a1',
      [],
    ],
    'above the last delivered': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:live', []],
    'above the last delivered, said to be at the tip': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:live behind:0',
      [],
    ],
    'covered to the end': [
      'reader live live | a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2 | read end by:live from:TRIM',
      ['lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'the final reader has not what a live one has': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 by:live | read 10=a0 30=a2',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'each has what the other has not': [
      'reader live live | put 1 b0 | put 2 c0 | a0>10 | a1>50 | read 10=a0 20=b0 50=a1 by:live | read 10=a0 30=c0 50=a1 | ack 1 20 | ack 2 30',
      ['lost-in-view!', 'lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'two readers lack the same': [
      'reader live live | reader two live | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:live | read 10=a0 30=a1 by:two | ack 1 20 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!', 'lost-in-view!'],
    ],
    'two chains of one reader cover what lies between them': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read 30=a2 by:live chain:2 from:UNKNOWN',
      ['lost-in-view!'],
    ],
    'it began at the start, was given nothing, and began again at LATEST': [
      'reader live live | read by:live | a0>10 | read by:live chain:2 from:LATEST | a1>20 | read 20=a1 by:live chain:2 | read 10=a0 20=a1',
      ['lost-in-view!'],
    ],
    'it began elsewhere, and was given nothing from the start later': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AFTER=10 | read by:live chain:2 from:TRIM',
      [],
    ],
    'it began elsewhere, and was given all from the start later': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AFTER=10 | read 10=a0 by:live chain:2 from:TRIM',
      [],
    ],
    'it began again at LATEST, and was told the end: covered to the end': [
      'reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | read 10=a0 by:live from:UNKNOWN | read by:live chain:2 from:LATEST end',
      ['lost-in-view!'],
    ],
    'an end that was told to a reader that was given nothing, and did not begin at the start': [
      'reader live live | a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 700=a2 shard:1 chain:2 | read by:live from:LATEST end',
      [],
    ],
    'an end that was told too early is covered too': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:live from:UNKNOWN end',
      ['lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'another chain of the reader has it': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:live | ack 1 20 | read 10=a0 20=b0 30=a1 | read 20=b0 30=a1 by:live chain:2 from:AFTER=10',
      ['re-delivery~', 'reader-divergence!'],
    ],
    'a foreign record': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 10=a0 20=a1 by:live',
      [],
      shared,
    ],
    'a sub': [
      'reader live live | put 1 a0 a1 a2 parts:1 | ack 1 10.0 10.1 10.2 | read 10.0=a0 10.2=a2 by:live asked:1 | read 10.0=a0 10.1=a1 10.2=a2',
      ['lost-in-view!'],
    ],
    'in a shard that it never read': [
      'bare | topo halves | reader final final | reader live live | a0>10 | a1>20 | b0>1/5 | b1>1/15 | read 10=a0 20=a1 | read 5=b0 15=b1 shard:1 | read 10=a0 20=a1 by:live',
      [],
    ],
    'a reader that delivered nothing': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live', []],
    'a subject': [
      'reader app subject | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:app from:UNKNOWN | ack 1 20 | read 10=a0 20=b0 30=a1',
      ['subject-loss/middle!'],
    ],
    'without puts': ['reader live live | read 10=a0 30=a2 by:live | read 10=a0 20=a1 30=a2', ['lost-in-view!'], dump],
  },
  'B6: two passes over the same stretch deliver the same': {
    'the second pass is not given what the first was': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 by:live | read 10=a0 30=a2 chain:2 by:live from:TRIM',
      ['poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
    ],
    'the first pass is not given what the second is': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:live | ack 1 20 | read 10=a0 20=b0 30=a1 by:live chain:2 from:TRIM',
      ['re-delivery~', 're-delivery~', 'reader-divergence!'],
    ],
    'the same twice': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 chain:2 from:TRIM',
      ['re-delivery~', 're-delivery~'],
    ],
    'the second pass began above': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | read 20=a1 30=a2 chain:2 from:AT=20',
      ['re-delivery~'],
    ],
    'the second pass has not come so far': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM',
      ['re-delivery~'],
    ],
    'two readers find another digest at one place': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0#beef 20=a1 by:live',
      ['corruption!<inconsistent-offsets', 'inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
    ],
    'two chains of one reader find another digest at one place': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0#beef chain:2 from:TRIM',
      [
        'corruption!<inconsistent-offsets',
        'inconsistent-offsets!',
        're-delivery~<inconsistent-offsets',
        'reader-divergence!<inconsistent-offsets',
      ],
    ],
    'two readers find another record at one place': [
      'reader live live | a0>10 | a1>20 | put 1 b0 | read 10=a0 20=a1 | read 10=a0 20=b0 by:live',
      ['inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets', 'recovered.'],
    ],
    'one of two readers finds a record without identity at one place': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=z by:live',
      [
        'corruption!<inconsistent-offsets',
        'phantom!<corruption',
        'inconsistent-offsets!',
        'reader-divergence!<inconsistent-offsets',
      ],
    ],
    'the same, with what others wrote': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=z by:live',
      ['corruption!<inconsistent-offsets', 'inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
      shared,
    ],
    'no digest told is no other digest': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0# 20=a1 by:live',
      [],
    ],
    'one chain finds both digests, another reader one of them': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0#beef by:live | read 10=a0 20=a1 by:live',
      [
        'corruption!<inconsistent-offsets',
        'inconsistent-offsets!',
        're-delivery!<inconsistent-offsets',
        'reader-divergence!<inconsistent-offsets',
      ],
    ],
    'one chain finds both digests, nobody else reads it': [
      'a0>10 | a1>20 | read 10=a0#beef | read 10=a0 20=a1',
      ['corruption!<inconsistent-offsets', 'inconsistent-offsets!', 're-delivery!<inconsistent-offsets'],
    ],
    'an end marker need not be known to everybody': [
      'reader live live | a0>10 | a1>20 | put 9 z0 by:s sentinel | ack 9 30 | read 10=a0 20=a1 30=s:z0 | read 10=a0 20=a1 30=s:z0 by:live',
      [],
    ],
    'all readers find the same wrong digest': [
      'reader live live | a0>10 | a1>20 | read 10=a0#beef 20=a1 | read 10=a0#beef 20=a1 by:live',
      ['corruption!'],
    ],
    'without puts, another record at one place': [
      'reader live live | read 10=a0 20=a1 30=a2 | read 10=a0 20=b0 30=a2 by:live',
      ['inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
      dump,
    ],
    'without puts, another digest at one place': [
      'reader live live | read 10=a0 20=a1 | read 10=a0 20=a1#beef by:live',
      ['inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
      dump,
    ],
  },
  '12: a later chain that reached the tip or the end has all of its coverage that an earlier one delivered': {
    'from the start to the tip: coverage ends at the last delivered, there too': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM behind:0',
      ['re-delivery~'],
    ],
    'from the start to one millisecond behind the tip': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM behind:1',
      ['re-delivery~'],
    ],
    'nothing said of the tip': ['a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM', ['re-delivery~']],
    'nothing delivered at the tip: no coverage': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:TRIM behind:0',
      [],
    ],
    'the tip, then the record all the same': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:TRIM behind:0 | read 10=a0 20=a1 chain:2',
      ['re-delivery~', 're-delivery~'],
    ],
    'AFTER the last at the tip: not of its coverage': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:AFTER=20 behind:0',
      [],
    ],
    'AFTER the one before the last, nothing delivered, at the tip': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:AFTER=10 behind:0',
      [],
    ],
    'AT the last, nothing delivered, at the tip': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:AT=20 behind:0',
      [],
    ],
    'AT one above the last, at the tip': ['a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:AT=21 behind:0', []],
    'LATEST at the tip': ['a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:LATEST behind:0', []],
    'an earlier chain is no later one': [
      'a0>10 | a1>20 | read 10=a0 behind:0 | read 10=a0 20=a1 chain:2 from:TRIM',
      ['re-delivery~'],
    ],
    'another reader': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:live behind:0', []],
    'between two of its own': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 chain:2 from:TRIM behind:0',
      ['nonmonotonic-session~', 'poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
    ],
    'in a shard that is not the first': [
      'bare | topo halves | reader final final | a0>5 | b0>1/10 | b1>1/20 | b2>1/30 | read 5=a0 | read 10=b0 20=b1 30=b2 shard:1 chain:2 | read 10=b0 30=b2 shard:1 chain:3 from:TRIM behind:0',
      ['nonmonotonic-session~', 'poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
    ],
    'the end of the shard, from the last delivered on': [
      'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read chain:2 from:AFTER=10 end | read 700=a2 shard:1 chain:3',
      ['premature-shard-end!'],
    ],
    'the end of the shard': [
      'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 20=a1 end | read 10=a0 chain:2 from:TRIM end | read 700=a2 shard:1 chain:3',
      ['nonmonotonic-session~', 'premature-shard-end!', 're-delivery~'],
    ],
  },
  'A8: nothing is read before it was first put': {
    'one before': ['at 40 | read 10=a0 | at 41 | a0>10 | a1>20 | read 20=a1', ['read-from-the-future!']],
    'at that time, but a line before: not before by the clock': [
      'read 10=a0 | same put 1 a0 | ack 1 10 | a1>20 | read 20=a1',
      [],
    ],
    'at that time, but a line later': ['put 1 a0 | same read 10=a0 | ack 1 10 | a1>20 | read 20=a1', []],
    'between the put and its answer': ['put 1 a0 | read 10=a0 | ack 1 10 | a1>20 | read 20=a1', []],
    'before the second attempt, after the first': ['a0>info | read 10=a0 | a0>10 | a1>20 | read 20=a1', []],
    'asked before the put, answered after it': ['put 1 a0 | read 10=a0 asked:1 | ack 1 10 | a1>20 | read 20=a1', []],
    'never put at all is a phantom': ['a0>10 | a1>20 | read 10=a0 20=a1 30=a2', ['phantom!']],
    'read twice, once before': [
      'reader live live | read 10=a0 by:live | a0>10 | a1>20 | read 10=a0 20=a1',
      ['read-from-the-future!'],
    ],
  },
  'A11: arrivals lie near the put and its answer, and do not fall': {
    'skew before the put': [
      'at 2000000 | put 1 a0 | at 3000000 | ack 1 10 | a1>20 | read 10=a0@1000 20=a1@3000',
      [],
      epoch,
    ],
    'one more than skew before the put': [
      'at 2000000 | put 1 a0 | at 3000000 | ack 1 10 | a1>20 | read 10=a0@999 20=a1@3000',
      ['arrival-regression~'],
      epoch,
    ],
    'skew after the answer': [
      'at 2000000 | put 1 a0 | at 3000000 | ack 1 10 | a1>20 | read 10=a0@4000 20=a1@4000',
      [],
      epoch,
    ],
    'one more than skew after the answer': [
      'at 2000000 | put 1 a0 | at 3000000 | ack 1 10 | a1>20 | read 10=a0@4001 20=a1@4000',
      ['arrival-regression~'],
      epoch,
    ],
    'never answered: no bound above': [
      'a0>10 | a1>20 | put 1 b0 | read 10=a0@0 20=a1@0 30=b0@9000',
      ['recovered.'],
      epoch,
    ],
    'acknowledged: a bound above': [
      'a0>10 | a1>20 | put 1 b0 | ack 1 30 | read 10=a0@0 20=a1@0 30=b0@9000',
      ['arrival-regression~'],
      epoch,
    ],
    'falls by skew': ['at 2000000 | a0>10 | a1>20 | read 10=a0@2500 20=a1@1500', [], epoch],
    'falls by one more than skew': [
      'at 2000000 | a0>10 | a1>20 | read 10=a0@2501 20=a1@1500',
      ['arrival-regression~'],
      epoch,
    ],
    'a skew of none: falls by one': [
      'at 2000000 | put 1 a0 | put 2 b0 | at 3000000 | ack 1 10 | ack 2 20 | a1>30 | read 10=a0@2500 20=b0@2499 30=a1',
      ['arrival-regression~'],
      { ...epoch, tolerances: { skewMs: 0 } },
    ],
    'a skew of none: equal': [
      'at 2000000 | put 1 a0 | put 2 b0 | at 3000000 | ack 1 10 | ack 2 20 | a1>30 | read 10=a0@2500 20=b0@2500 30=a1',
      [],
      { ...epoch, tolerances: { skewMs: 0 } },
    ],
    'no arrivals told': ['at 2000000 | a0>10 | a1>20 | read 10=a0 20=a1', [], epoch],
    'without wall time they may only not fall': ['a0>10 | a1>20 | read 10=a0@7000000 20=a1@7000000', []],
  },
};

import { dump, type ReadingCases, shared } from './reading-cases.ts';

/** What the contract says of records within a page and from page to page, worked out by hand from its sentences. */
export const pages: ReadingCases = {
  'B1: neighbours in one page rise': {
    'lower by much': ['a0>10 | a1>20 | read 20=a1 10=a0', ['int-nonmonotonic-poll!']],
    'one below': ['a0>10 | a1>11 | read 11=a1 10=a0', ['int-nonmonotonic-poll!']],
    'one above': ['a0>10 | a1>11 | read 10=a0 11=a1', []],
    equal: ['a0>10 | a1>20 | read 10=a0 10=a0 20=a1', ['int-nonmonotonic-poll!', 're-delivery!']],
    'as numbers, not as text': ['a0>9 | a1>10 | read 9=a0 10=a1', []],
    'as numbers, with leading zeros': ['a0>9 | a1>10 | read 09=a0 10=a1', []],
    'leading zeros do not make it higher': ['a0>9 | a1>10 | read 10=a1 0009=a0', ['int-nonmonotonic-poll!']],
    'subs of one number rise': ['put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 10.1=a1', []],
    'subs of one number fall': [
      'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.1=a1 10.0=a0',
      ['int-nonmonotonic-poll!'],
    ],
    'a lower number with a higher sub': [
      'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | a2>20 | read 10.0=a0 20=a2 10.1=a1',
      ['int-nonmonotonic-poll!', 'poll-skip!<int-nonmonotonic-poll'],
    ],
    'two turns in one page are two': [
      'a0>10 | a1>20 | a2>30 | read 30=a2 20=a1 10=a0',
      ['int-nonmonotonic-poll!', 'int-nonmonotonic-poll!'],
    ],
    'it explains the record passed over': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 20=a1',
      ['int-nonmonotonic-poll!', 'poll-skip!<int-nonmonotonic-poll'],
    ],
    'a live reader': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 10=a0 by:live',
      ['int-nonmonotonic-poll!'],
    ],
    'a subject': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 10=a0 by:app from:UNKNOWN',
      ['subject-reorder!'],
    ],
    'foreign records are judged for order': [
      'a0>10 | a1>20 | read 30=z 10=a0 20=a1',
      ['int-nonmonotonic-poll!'],
      shared,
    ],
    'without puts': ['read 20=a1 10=a0', ['int-nonmonotonic-poll!'], dump],
  },
  'B2: a page begins above the end of the page before it': {
    lower: ['a0>10 | a1>20 | read 20=a1 | read 10=a0', ['nonmonotonic-poll!']],
    'one below': ['a0>10 | a1>11 | read 11=a1 | read 10=a0', ['nonmonotonic-poll!']],
    'one above': ['a0>10 | a1>11 | read 10=a0 | read 11=a1', []],
    'equal is a re-delivery only': ['a0>10 | a1>20 | read 10=a0 | read 10=a0 20=a1', ['re-delivery!']],
    'what was delivered comes again': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1',
      ['nonmonotonic-poll!', 're-delivery!', 're-delivery!'],
    ],
    'an empty page between': ['a0>10 | a1>20 | read 20=a1 | read | read 10=a0', ['nonmonotonic-poll!']],
    'an error page between': ['a0>10 | a1>20 | read 20=a1 | read error | read 10=a0', ['nonmonotonic-poll!']],
    'a page of another chain between': [
      'reader live live | a0>10 | a1>20 | read 20=a1 | read 10=a0 20=a1 by:live | read 10=a0',
      ['nonmonotonic-poll!'],
    ],
    'as numbers': ['a0>9 | a1>10 | read 9=a0 | read 10=a1', []],
    'subs rise from page to page': ['put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 | read 10.1=a1', []],
    'subs fall from page to page': [
      'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.1=a1 | read 10.0=a0',
      ['nonmonotonic-poll!'],
    ],
    'another shard is another chain': [
      'bare | topo halves | reader final final | a0>10 | a1>20 | b0>1/5 | b1>1/15 | read 10=a0 20=a1 | read 5=b0 15=b1 shard:1',
      [],
    ],
    'another chain begins where it likes': [
      'a0>10 | a1>20 | a2>30 | read 20=a1 30=a2 from:AFTER=10 | read 10=a0 chain:2 from:TRIM',
      [],
    ],
    'the same number with a new from is a new chain': [
      'a0>10 | a1>20 | a2>30 | read 20=a1 30=a2 from:AFTER=10 | read 10=a0 from:TRIM',
      [],
    ],
    'it explains the record passed over and delivered late': [
      'a0>5 | a1>10 | a2>20 | read 5=a0 20=a2 | read 10=a1',
      ['nonmonotonic-poll!', 'poll-skip!<nonmonotonic-poll'],
    ],
    'only the neighbours of the turn count': [
      'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 30=a2 | read 20=a1 40=a3',
      ['nonmonotonic-poll!', 'poll-skip!<nonmonotonic-poll'],
    ],
    'a turn inside the page before explains it': [
      'a0>10 | a1>20 | a2>30 | a3>40 | read 40=a3 30=a2 | read 10=a0 20=a1',
      ['int-nonmonotonic-poll!', 'nonmonotonic-poll!<int-nonmonotonic-poll'],
    ],
    'without puts': ['read 20=a1 | read 10=a0', ['nonmonotonic-poll!'], dump],
    'foreign records are judged for order': [
      'a0>10 | a1>20 | read 30=z | read 10=a0 20=a1',
      ['nonmonotonic-poll!'],
      shared,
    ],
  },
  'B3: one position is delivered once': {
    'in one page, with another between': [
      'a0>10 | a1>20 | read 10=a0 20=a1 10=a0',
      ['int-nonmonotonic-poll!', 're-delivery!'],
    ],
    'in one chain, an error between': ['a0>10 | a1>20 | read 10=a0 | read error | read 10=a0 20=a1', ['re-delivery!']],
    'in one chain, an empty page between': ['a0>10 | a1>20 | read 10=a0 | read | read 10=a0 20=a1', ['re-delivery!']],
    'leading zeros do not make another position': ['a0>10 | a1>20 | read 10=a0 | read 010=a0 20=a1', ['re-delivery!']],
    'three times in one chain is found twice (how to count, the contract leaves open)': [
      'a0>10 | a1>20 | read 10=a0 | read 10=a0 | read 10=a0 20=a1',
      ['re-delivery!', 're-delivery!'],
    ],
    'across two chains of one reader it is allowed': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 chain:2 from:TRIM',
      ['re-delivery~', 're-delivery~'],
    ],
    'once in one chain and twice in another: both are found': [
      'a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM | read 10=a0 chain:2',
      ['re-delivery!', 're-delivery~'],
    ],
    'two readers, each once': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live', []],
    'at another position it is a duplicate': ['a0>10 | a1>20 | read 10=a0 20=a1 30=a0', ['duplicate!']],
    'in another shard it is another position': [
      'bare | topo halves | reader final final | a0>10 | a1>20 | b0>1/10 | b1>1/20 | read 10=a0 20=a1 | read 10=b0 20=b1 shard:1 chain:2',
      ['seq-collision~', 'seq-collision~'],
    ],
    'another sub is another position': ['put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 | read 10.1=a1', []],
    'a sub comes again': [
      'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 10.1=a1 | read 10.1=a1',
      ['re-delivery!'],
    ],
    'a foreign record in one chain': ['a0>10 | a1>20 | read 5=z 10=a0 | read 10=a0 20=a1', ['re-delivery!'], shared],
    'a foreign record twice': ['a0>10 | a1>20 | read 5=z | read 5=z 10=a0 20=a1', ['re-delivery!'], shared],
    'a subject that restarted': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:app from:UNKNOWN | read 10=a0 20=a1 by:app chain:2 from:UNKNOWN',
      ['subject-duplicate/resume~'],
    ],
    'a subject within one chain': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:app from:UNKNOWN | read 10=a0 20=a1 by:app',
      ['subject-duplicate/same-chain!'],
    ],
    'without puts': ['read 10=a0 | read 10=a0 20=a1', ['re-delivery!'], dump],
  },
  'B4: a record between two delivered, and known before the later page was asked, is passed over': {
    'acknowledged, and the final reader has it': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'whatever the final reading has: also before it': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 by:live | read 10=a0 20=a1 30=a2',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'nobody has it': ['a0>10 | a1>20 | a2>30 | read 10=a0 30=a2', ['lost-write/middle!', 'poll-skip!<lost-write']],
    'two of them': [
      'reader live live | a0>10 | a1>20 | a2>25 | a3>30 | read 10=a0 30=a3 by:live | read 10=a0 20=a1 25=a2 30=a3',
      ['lost-in-view!<poll-skip', 'lost-in-view!<poll-skip', 'poll-skip!', 'poll-skip!'],
    ],
    'acknowledged one before the page was asked': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | ack 1 20 | read 10=a0 30=a1 by:live asked:91 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'acknowledged when the page was asked: not before': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | ack 1 20 | read 10=a0 30=a1 by:live asked:90 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'acknowledged one after the page was asked': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | ack 1 20 | read 10=a0 30=a1 by:live asked:89 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'a page without t0 was asked at t: what was acknowledged in that microsecond is not before it': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | ack 1 20 | same read 10=a0 30=a1 by:live asked:none | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'a page without t0, answered one later': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | ack 1 20 | at 91 | read 10=a0 30=a1 by:live asked:none | read 10=a0 20=b0 30=a1',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'the order of lines decides at equal t': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 30=a1 by:live asked:none | same ack 1 20 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'read by another before the page was asked': [
      'reader live live | a0>10 | a1>info | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!', 'recovered.'],
    ],
    'read by another after the page was asked': [
      'reader live live | a0>10 | a1>info | a2>30 | read 10=a0 30=a2 by:live | read 10=a0 20=a1 30=a2',
      ['lost-in-view!', 'recovered.'],
    ],
    'the later of the two pages counts: acknowledged between them': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 by:live | ack 1 20 | read 30=a1 by:live | read 10=a0 20=b0 30=a1',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'the later of the two pages counts: acknowledged after both': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 10=a0 by:live | read 30=a1 by:live | ack 1 20 | read 10=a0 20=b0 30=a1',
      ['lost-in-view!'],
    ],
    'over an empty page': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read by:live | read 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'over an error page': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | read error by:live | read 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'neither acknowledged nor read': ['a0>10 | a1>info | a2>30 | read 10=a0 30=a2', ['counter-gap/info~']],
    'definitely failed': ['a0>10 | b0>fail | a1>30 | read 10=a0 30=a1', []],
    'above the last that was delivered: never reached': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 20=a1 by:live',
      [],
    ],
    'below the first that was delivered, not begun at the start': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 20=a1 30=a2 by:live from:UNKNOWN',
      [],
    ],
    'in another shard': [
      'bare | topo halves | reader final final | a0>10 | a1>30 | b0>1/20 | b1>1/25 | read 10=a0 30=a1 | read 20=b0 25=b1 shard:1 chain:2',
      [],
    ],
    'a sub between two': [
      'reader live live | put 1 a0 a1 a2 parts:1 | ack 1 10.0 10.1 10.2 | read 10.0=a0 10.1=a1 10.2=a2 | read 10.0=a0 10.2=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'one above the lower': [
      'reader live live | a0>10 | a1>11 | a2>30 | read 10=a0 11=a1 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'one below the higher': [
      'reader live live | a0>10 | a1>29 | a2>30 | read 10=a0 29=a1 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'a foreign record is owed to nobody': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 10=a0 20=a1 by:live',
      [],
      shared,
    ],
    'a phantom is owed to nobody (the contract is silent)': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 10=a0 20=a1 by:live',
      ['phantom!'],
    ],
    'acknowledged at two places, and read at one': [
      'b0>5 | a0>10 | a0>20 | a1>30 | read 5=b0 20=a0 30=a1',
      ['poll-skip!'],
    ],
    'the same, the second was passed over': ['a0>10 | a0>20 | a1>30 | read 10=a0 30=a1', ['poll-skip!']],
    'acknowledged at two places, and read at a third': [
      'b0>5 | a0>10 | a0>20 | a1>30 | read 5=b0 25=a0 30=a1',
      ['ack-mismatch!'],
    ],
    'acknowledged there, but read elsewhere': ['a0>10 | a1>20 | a2>30 | read 10=a0 25=a1 30=a2', ['ack-mismatch!']],
    'a subject passes over': [
      'reader app subject | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:app from:UNKNOWN',
      ['subject-loss/middle!'],
    ],
    'without puts, read by another': [
      'reader live live | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
      dump,
    ],
    'without puts, read by nobody': ['read 10=a0 30=a2', ['counter-gap/never-sent!'], dump],
  },
};

import { anHour, epoch, type ReadingCases, shared } from './reading-cases.ts';

/** An hour, counted from the first acknowledgement of the cases below (50 µs). */
const end = 3_600_000_050;

/** Contract, 11: what each kind of iterator must deliver, and must not. */
export const iterators: ReadingCases = {
  '11: TRIM_HORIZON delivers everything retained': {
    'another reader has a lower one': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'one below': [
      'reader live live | a0>10 | a1>11 | read 10=a0 11=a1 | read 11=a1 by:live',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'all of it': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live', []],
    'nobody has the lower one: it is lost': ['a0>10 | a1>20 | a2>30 | read 20=a1 30=a2', ['lost-write/prefix!']],
    'two lower ones are one wrong start': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:live',
      ['lost-in-view!<resumable-broken', 'lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'a lower one that was not yet known when it was asked': [
      'reader live live | put 1 b0 | a0>20 | a1>30 | read 20=a0 30=a1 by:live | ack 1 10 | read 10=b0 20=a0 30=a1',
      ['lost-in-view!'],
    ],
    'a lower one that is delivered later': ['a0>10 | a1>20 | read 20=a1 | read 10=a0', ['nonmonotonic-poll!']],
    'a first page without records': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live | read 20=a1 by:live',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'a first page that failed': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read error by:live | read 20=a1 by:live',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'nothing delivered': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live', []],
    'a foreign record is owed to nobody': [
      'reader live live | a0>10 | a1>20 | read 5=z 10=a0 20=a1 | read 10=a0 20=a1 by:live',
      [],
      shared,
    ],
    'retained until one before the hour is over': [
      `reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at ${end + 20} | read 20=a1 by:live asked:${end - 1}`,
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
      anHour,
    ],
    'no longer when the hour is over': [
      `reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at ${end + 20} | read 20=a1 by:live asked:${end}`,
      [],
      anHour,
    ],
    'a day, where nothing is said of retention: until one before': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at 86400000060 | read 20=a1 by:live asked:86400000049',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
    ],
    'a day, where nothing is said of retention: over': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at 86400000060 | read 20=a1 by:live asked:86400000050',
      [],
    ],
  },
  '11: AT_SEQUENCE_NUMBER delivers its number first if it exists': {
    'it does': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AT=20', []],
    'leading zeros': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AT=0020', []],
    'it begins above': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:live from:AT=20',
      ['resumable-broken!'],
    ],
    'it begins below': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live from:AT=20',
      ['resumable-broken!'],
    ],
    'it does not exist': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AT=15', []],
    'it does not exist, and what follows is below': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:live from:AT=15',
      ['resumable-broken!'],
    ],
    'it does not exist, and the next one is left out (only its own number is promised)': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:live from:AT=15',
      [],
    ],
    'acknowledged, but nobody ever read it': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | read 30=a2 by:live from:AT=20',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'it did not exist when the page was asked': [
      'reader live live | put 1 b0 | a0>10 | a1>30 | read 30=a1 by:live from:AT=20 | ack 1 20 | read 10=a0 20=b0 30=a1',
      [],
    ],
    'a foreign number': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 20=a1 by:live from:AT=15',
      [],
      shared,
    ],
    'an error first': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read error by:live from:AT=20 | read 30=a2 by:live',
      ['resumable-broken!'],
    ],
    'a sub of its number': [
      'reader live live | put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 10.1=a1 | read 10.0=a0 10.1=a1 by:live from:AT=10',
      [],
    ],
    'no longer retained': [
      `reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | at ${end + 20} | read 20=a1 by:live from:AT=10 asked:${end}`,
      [],
      anHour,
    ],
  },
  '11: AFTER_SEQUENCE_NUMBER delivers nothing at or below it': {
    'the next one': ['reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AFTER=10', []],
    'one above': ['reader live live | a0>10 | a1>11 | read 10=a0 11=a1 | read 11=a1 by:live from:AFTER=10', []],
    'at it': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live from:AFTER=10',
      ['resumable-broken!'],
    ],
    'at it, with leading zeros': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live from:AFTER=0010',
      ['resumable-broken!'],
    ],
    'one below': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:live from:AFTER=11',
      ['resumable-broken!'],
    ],
    'below it, but later in the chain': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:live from:AFTER=20 | read 10=a0 by:live',
      ['lost-in-view!<resumable-broken', 'nonmonotonic-poll!', 'resumable-broken!'],
    ],
    'a sub of it': [
      'reader live live | put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 10.1=a1 | read 10.1=a1 by:live from:AFTER=10',
      ['resumable-broken!'],
    ],
    'a number that does not exist': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:AFTER=15',
      [],
    ],
    'the next one is left out: it begins at the successor (catalogue, B5)': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 30=a2 by:live from:AFTER=10',
      ['resumable-broken!'],
    ],
    'a restart that delivers its number again: it explains the re-delivery': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | read 20=a1 30=a2 chain:2 from:AFTER=20',
      ['re-delivery~<resumable-broken', 'resumable-broken!'],
    ],
    'a foreign record at it is judged for order': [
      'reader live live | a0>10 | a1>20 | read 10=a0 15=z 20=a1 | read 15=z 20=a1 by:live from:AFTER=15',
      ['resumable-broken!'],
      shared,
    ],
  },
  '11: LATEST delivers nothing acknowledged before it was asked, and all sent after it was answered': {
    'acknowledged one before it was asked': [
      'reader live live | a0>10 | a1>20 | read 20=a1 by:live from:LATEST got:71-72 | read 10=a0 20=a1',
      ['resumable-broken!'],
    ],
    'acknowledged when it was asked': [
      'reader live live | a0>10 | a1>20 | read 20=a1 by:live from:LATEST got:70-72 | read 10=a0 20=a1',
      [],
    ],
    'acknowledged after it was asked': [
      'reader live live | a0>10 | a1>20 | read 20=a1 by:live from:LATEST got:65-66 | read 10=a0 20=a1',
      [],
    ],
    'never acknowledged': [
      'reader live live | a0>10 | a1>info | a2>20 | read 15=a1 20=a2 by:live from:LATEST got:85-86 | read 10=a0 15=a1 20=a2',
      ['recovered.'],
    ],
    'acknowledged before, delivered second': [
      'reader live live | put 1 b0 | a0>10 | a1>20 | ack 1 5 | read 5=b0 20=a1 by:live from:LATEST got:85-86 | read 5=b0 10=a0 20=a1',
      ['lost-in-view!<poll-skip', 'poll-skip!<resumable-broken', 'resumable-broken!'],
    ],
    'sent one after it was answered, and left out': [
      'reader live live | read by:live from:LATEST got:35-39 | same put 1 a0 | ack 1 10 | a1>20 | read 20=a1 by:live | read 10=a0 20=a1',
      ['resumable-broken!'],
    ],
    'sent when it was answered, and left out': [
      'reader live live | read by:live from:LATEST got:35-40 | same put 1 a0 | ack 1 10 | a1>20 | read 20=a1 by:live | read 10=a0 20=a1',
      [],
    ],
    'sent before it was answered, and left out': [
      'reader live live | put 1 a0 | read by:live from:LATEST got:41-45 | ack 1 10 | a1>20 | read 20=a1 by:live | read 10=a0 20=a1',
      [],
    ],
    'sent after, left out, and nobody has it': [
      'reader live live | read by:live from:LATEST got:35-39 | a0>10 | a1>20 | a2>30 | read 20=a1 30=a2 by:live | read 20=a1 30=a2',
      ['lost-write/prefix!'],
    ],
    'sent after, left out, but acknowledged only when the page had been asked': [
      'reader live live | read by:live from:LATEST got:35-39 | put 1 b0 | a0>20 | a1>30 | read 20=a0 30=a1 by:live | ack 1 10 | read 10=b0 20=a0 30=a1',
      [],
    ],
    'nothing delivered': [
      'reader live live | read by:live from:LATEST got:35-39 | a0>10 | a1>20 | read by:live | read 10=a0 20=a1',
      [],
    ],
    'no times told': [
      'reader live live | a0>10 | a1>20 | read 20=a1 by:live from:LATEST got:none | read 10=a0 20=a1',
      [],
    ],
  },
  '11: AT_TIMESTAMP is compared with the arrival that the engine tells': {
    'the first that arrived then': [
      'reader live live | a0>10 | a1>20 | read 10=a0@100 20=a1@200 | read 20=a1@200 by:live from:TIME=200',
      [],
      epoch,
    ],
    'one that arrived one earlier': [
      'reader live live | a0>10 | a1>20 | read 10=a0@100 20=a1@200 | read 20=a1@200 by:live from:TIME=201',
      ['resumable-broken!'],
      epoch,
    ],
    'left out: arrived at that time': [
      'reader live live | a0>10 | a1>20 | read 10=a0@100 20=a1@200 | read 20=a1@200 by:live from:TIME=100',
      ['resumable-broken!'],
      epoch,
    ],
    'left out: arrived one earlier': [
      'reader live live | a0>10 | a1>20 | read 10=a0@100 20=a1@200 | read 20=a1@200 by:live from:TIME=101',
      [],
      epoch,
    ],
    'no arrivals told': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:TIME=0',
      [],
      epoch,
    ],
    'the clock of the run is not asked': [
      'reader live live | a0>10 | a1>20 | read 10=a0@2000 20=a1@3000 | read 20=a1@3000 by:live from:TIME=2500',
      [],
    ],
  },
  '11: of an UNKNOWN start nothing is said': {
    'it begins anywhere': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:app from:UNKNOWN',
      ['?subject-loss'],
    ],
    'the first page says nothing of it': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 by:live from:none',
      [],
    ],
    'and it may lack `more`': [
      'reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 by:app from:UNKNOWN nomore',
      [],
    ],
  },
};

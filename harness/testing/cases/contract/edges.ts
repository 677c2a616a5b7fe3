import { anHour, dump, epoch, type ReadingCases } from './reading-cases.ts';

/** Arrivals that lie before the run. */
const later = { startedAt: '1970-01-01T00:01:00.000Z' };

/** Where a condition of some check lies just on one side or the other. */
export const edges: ReadingCases = {
  'edges: gaps, calls, arrivals, iterators, passes, ends, copies': {
    'a gap of more numbers than are told one by one': [
      'a0>10 | a1500>20 | read 10=a0 20=a1500',
      ['counter-gap/never-sent!'],
    ],
    'a dump that begins in the middle of one shard, and at the start of another one': [
      'bare | topo halves | reader final final | read 10=a5 20=a6 from:LATEST | read 10=b0 20=b1 shard:1 chain:2 from:TRIM',
      ['seq-collision~', 'seq-collision~'],
      dump,
    ],
    'a second iterator of a second shard is given less': [
      'bare | topo halves | reader final final | a0>1 | b0>1/10 | b1>1/20 | read 1=a0 | read 10=b0 20=b1 shard:1 chain:2 | read 20=b1 shard:1 chain:3 from:TRIM behind:0',
      ['nonmonotonic-session~', 're-delivery~<resumable-broken', 'resumable-broken!'],
    ],
    'an iterator that begins too late, and then passes over another record': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 by:live | read 20=a1 40=a3 from:AT=10 behind:1',
      ['lost-in-view!<poll-skip', 'poll-skip!', 'resumable-broken!'],
    ],
    'a list after the end shows it open, and it is closed in the last, by nobody who is known': [
      'a0>10 | a1>20 | read 10=a0 20=a1 end | topo whole | topo split',
      ['premature-shard-end!'],
    ],
    'a call that lies around a record of another one of unknown outcome': [
      'put 1 a0 a1 | put 2 c0 | ack 1 10 30 | info 2 | read 10=a0 20=c0 30=a1',
      ['int-send-skip~', 'recovered.'],
    ],
    'a gap of three, and of one': [
      'a0>10 | a4>20 | a6>30 | read 10=a0 20=a4 30=a6',
      ['counter-gap/never-sent!', 'counter-gap/never-sent!'],
    ],
    'gaps of a flow that was sent out of order': [
      'a5>10 | a0>20 | a3>30 | read 10=a5 20=a0 30=a3',
      ['counter-gap/never-sent!', 'counter-gap/never-sent!', 'key-reorder/sent-late!', 'key-reorder/sent-late!'],
    ],
    'gaps of a flow that was sent in falling order': [
      'a5>10 | a3>20 | a1>30 | read 10=a5 20=a3 30=a1',
      [
        'counter-gap/never-sent!',
        'counter-gap/never-sent!',
        'counter-gap/never-sent!',
        'key-reorder/sent-late!',
        'key-reorder/sent-late!',
      ],
    ],
    'a gap below the first of a dump, read from its start': [
      'bare | topo whole | reader final final | read 10=a2',
      ['?key-reorder', 'counter-gap/never-sent!'],
      dump,
    ],
    'a gap below the first of a dump, read from later on': [
      'bare | topo whole | reader final final | read 10=a2 from:AFTER=5 20=a3',
      [],
      dump,
    ],
    'a gap below the first of a dump, of which the first is not the lowest': [
      'bare | topo whole | reader final final | read 10=a3 20=a2 30=a4',
      ['counter-gap/never-sent!', 'key-reorder!'],
      dump,
    ],
    'three of one call, the middle one highest': [
      'put 1 a0 a1 a2 batch | ack 1 10 30 20 | read 10=a0 20=a2 30=a1',
      ['int-nonmonotonic-send~', 'key-reorder~<int-nonmonotonic-send'],
    ],
    'three of one call, the last one lowest': [
      'put 1 a0 a1 a2 batch | ack 1 20 30 10 | read 10=a2 20=a0 30=a1',
      ['int-nonmonotonic-send~', 'key-reorder~<int-nonmonotonic-send', 'key-reorder~<int-nonmonotonic-send'],
    ],
    'one of a call that failed, and was sent again': [
      'put 1 a0 a1 batch | ack 1 10 !throttled | a1>20 | read 10=a0 20=a1',
      [],
    ],
    'the first of a call that failed, and was sent again': [
      'put 1 a0 a1 batch | ack 1 !throttled 10 | a0>20 | read 10=a1 20=a0',
      ['key-reorder/retry~'],
    ],
    'one of a call of unknown outcome, the others in order': [
      'put 1 a0 a1 a2 batch | ack 1 10 !internal 20 | read 10=a0 20=a2',
      ['counter-gap/info~'],
    ],
    'one record a call of PutRecords, in falling order': [
      'put 1 a0 batch | put 2 a1 batch | ack 1 20 | ack 2 10 | read 10=a1 20=a0',
      ['key-reorder~'],
    ],
    'arrivals told by the second reader only': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0@9000 20=a1@1000 by:live',
      ['arrival-regression~', 'arrival-regression~'],
      epoch,
    ],
    'arrivals told by the first reader only': [
      'reader live live | a0>10 | a1>20 | read 10=a0@9000 20=a1@1000 | read 10=a0 20=a1 by:live',
      ['arrival-regression~', 'arrival-regression~'],
      epoch,
    ],
    'arrivals that fall by less than is allowed for': [
      'a0>10 | a1>20 | a2>30 | read 10=a0@1500 20=a1@600 30=a2@1600',
      ['arrival-regression~', 'arrival-regression~'],
      epoch,
    ],
    'a first arrival time before anything was sent': [
      'a0>10 | a1>20 | read 10=a0@1 20=a1@2',
      ['arrival-regression~', 'arrival-regression~'],
      later,
    ],
    'AT_TIMESTAMP, of which some have no arrival': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0@100 20=a1 30=a2@300 40=a3@400 | read 40=a3@400 by:live from:TIME=200',
      ['resumable-broken!'],
      epoch,
    ],
    'AT_TIMESTAMP, left out what arrived just then': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0@100 20=a1@200 30=a2@300 | read 30=a2@300 by:live from:TIME=200',
      ['resumable-broken!'],
      epoch,
    ],
    'AT_TIMESTAMP, told by the second reader that arrived later': [
      'reader live live | reader more live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0@100 20=a1@250 30=a2@300 by:more | read 30=a2@300 by:live from:TIME=200',
      ['resumable-broken!'],
      epoch,
    ],
    'AFTER a number, begun at that number': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 20=a1 30=a2 by:live from:AFTER=20',
      ['resumable-broken!'],
    ],
    'a key of forty letters, and a number of fifteen digits': [
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0>100000000000010 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1>100000000000020 | read 100000000000020=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 100000000000010=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0',
      ['int-nonmonotonic-poll!'],
    ],
    'a key of forty-one letters, and a number of fourteen digits': [
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0>10000000000010 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1>10000000000020 | read 10000000000020=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 10000000000010=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0',
      ['int-nonmonotonic-poll!'],
    ],
    'a second iterator leaves out what the first gave, and is told that nothing is behind on its last page only': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 chain:2 from:TRIM behind:5 | read 30=a2 chain:2 behind:0',
      ['nonmonotonic-session~', 'poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
    ],
    'a second iterator leaves out what the first gave, and is told so in between': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 chain:2 from:TRIM behind:0 | read 30=a2 chain:2 behind:5',
      ['nonmonotonic-session~', 'poll-skip!', 're-delivery~', 're-delivery~', 'reader-divergence!<poll-skip'],
    ],
    'a second iterator from a number begins later': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 20=a1 30=a2 chain:2 from:AT=20 behind:0',
      ['re-delivery~', 're-delivery~'],
    ],
    'a second iterator is given nothing, and the end': [
      'bare | topo closed | reader final final | a0>10 | a1>20 | read 10=a0 20=a1 | read chain:2 from:TRIM end',
      [
        'hash-hole!',
        'nonmonotonic-session~',
        'nonmonotonic-session~',
        'premature-shard-end!',
        'write-to-closed!',
        'write-to-closed!',
      ],
    ],
    'a second iterator is given less, and the end': [
      'bare | topo closed | reader final final | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 chain:2 from:TRIM end',
      [
        'hash-hole!',
        'nonmonotonic-session~',
        'premature-shard-end!',
        're-delivery~',
        'write-to-closed!',
        'write-to-closed!',
      ],
    ],
    'passes of which the one ends where the other begins': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | read 20=a1 30=a2 chain:2 from:AT=20',
      ['re-delivery~'],
    ],
    'three passes, of which one leaves out two': [
      'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 10=a0 40=a3 chain:2 from:TRIM | read 10=a0 20=a1 30=a2 40=a3 chain:3 from:TRIM',
      [
        'poll-skip!',
        'poll-skip!',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        'reader-divergence!<poll-skip',
        'reader-divergence!<poll-skip',
      ],
    ],
    'passes over two stretches, each with a hole': [
      'a0>10 | a1>20 | a2>30 | a3>40 | a4>50 | a5>60 | read 10=a0 20=a1 30=a2 40=a3 50=a4 60=a5 | read 10=a0 30=a2 chain:2 from:TRIM | read 40=a3 60=a5 chain:3 from:AT=40',
      [
        'poll-skip!',
        'poll-skip!',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        're-delivery~',
        'reader-divergence!<poll-skip',
        'reader-divergence!<poll-skip',
      ],
    ],
    'passes given in falling order': [
      'a0>10 | a1>20 | a2>30 | read 30=a2 20=a1 10=a0 from:UNKNOWN | read 30=a2 10=a0 chain:2 from:UNKNOWN',
      [
        'int-nonmonotonic-poll!',
        'int-nonmonotonic-poll!',
        'int-nonmonotonic-poll!',
        're-delivery~',
        're-delivery~',
        'reader-divergence!',
      ],
    ],
    'one place read as three records': [
      'reader live live | reader more live | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a7 by:live | read 10=a0 20=a8 by:more',
      [
        'corruption!<inconsistent-offsets',
        'inconsistent-offsets!',
        'phantom!<corruption',
        'reader-divergence!<inconsistent-offsets',
      ],
    ],
    'one place read twice by one chain as two records, and once by another': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 20=a7 | read 10=a0 20=a1 by:live',
      [
        'corruption!<inconsistent-offsets',
        'inconsistent-offsets!',
        'int-nonmonotonic-poll!<inconsistent-offsets',
        'phantom!<corruption',
        're-delivery!<inconsistent-offsets',
        'reader-divergence!<inconsistent-offsets',
      ],
    ],
    'a final reader that went less far than another final one': [
      'reader other final | a0>10 | a1>20 | a2>30 | read 10=a0 | read 10=a0 30=a2 by:other',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'a final reader that went further than another final one': [
      'reader other final | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | read 10=a0 by:other',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'two final readers, the further one began when the retention was over': [
      'reader other final | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | at 3600000500 | a3>40 | a4>50 | read 50=a4 by:other | read 10=a0 20=a1 30=a2 40=a3 50=a4 chain:2 from:TRIM',
      ['lost-in-view!<resumable-broken', 're-delivery~', 're-delivery~', 'resumable-broken!'],
      anHour,
    ],
    'two final readers, the nearer one began when the retention was over': [
      'reader other final | a0>10 | a1>20 | a2>30 | a3>35 | read 10=a0 30=a2 35=a3 | at 3600000500 | read 35=a3 by:other',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
      anHour,
    ],
    'an end is told when what lies above was no longer retained, behind a new start': [
      'bare | topo closed | reader final final | reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | at 3600000500 | read by:live chain:2 from:LATEST end',
      ['hash-hole!', 'write-to-closed!', 'write-to-closed!', 'write-to-closed!'],
      anHour,
    ],
    'an end is told while what lies above was retained, behind a new start': [
      'bare | topo closed | reader final final | reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live | at 3500000000 | read by:live chain:2 from:LATEST end',
      ['hash-hole!', 'lost-in-view!', 'lost-in-view!', 'write-to-closed!', 'write-to-closed!', 'write-to-closed!'],
      anHour,
    ],
    'an end is told twice, first in time': [
      'bare | topo closed | reader final final | reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live end | at 3600000500 | read by:live chain:2 from:LATEST end',
      [
        'hash-hole!',
        'lost-in-view!<premature-shard-end',
        'lost-in-view!<premature-shard-end',
        'premature-shard-end!',
        'write-to-closed!',
        'write-to-closed!',
        'write-to-closed!',
      ],
      anHour,
    ],
    'a reader is given two stretches, the later one first': [
      'reader live live | a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 30=a2 40=a3 | read 40=a3 by:live from:UNKNOWN | read 10=a0 by:live chain:2 from:UNKNOWN',
      ['lost-in-view!', 'lost-in-view!'],
    ],
    'LATEST, given one from before and then leaving one out': [
      'reader live live | a0>10 | a1>20 | a2>30 | read from:LATEST by:live | a3>40 | a4>50 | read 20=a1 40=a3 by:live | read 10=a0 20=a1 30=a2 40=a3 50=a4',
      ['lost-in-view!<poll-skip', 'poll-skip!<resumable-broken', 'resumable-broken!'],
    ],
    'a chain of unknown start leaves one out at once': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live from:UNKNOWN',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
    ],
    'passed over twice by one chain': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 10=a0 30=a2 by:live from:UNKNOWN',
      [
        'int-nonmonotonic-poll!',
        'lost-in-view!<poll-skip',
        'poll-skip!<int-nonmonotonic-poll',
        're-delivery!',
        're-delivery!',
      ],
    ],
    'passed over, and given at last, by one chain': [
      'reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:live from:UNKNOWN | read 20=a1 20=a1 by:live',
      [
        'int-nonmonotonic-poll!',
        'nonmonotonic-poll!<int-nonmonotonic-poll',
        'poll-skip!<nonmonotonic-poll',
        're-delivery!',
      ],
    ],
    'an abandoned copy behind two newer ones, and one before them': [
      'put 1 a0 | info 1 | a0>20 | a1>30 | a2>40 | read 10=a0 20=a0 30=a1 40=a2 50=a0',
      ['duplicate/retry~<zombie-append', 'zombie-append~'],
    ],
    'an abandoned copy, acknowledged to another': [
      'put 1 a0 | info 1 | a0>20 | a1>30 | a2>40 | read 20=a0 30=a1 40=a0',
      ['?lost-write', 'duplicate/retry~<zombie-append', 'inconsistent-offsets!', 'unseen.', 'zombie-append~'],
    ],
    'an abandoned copy behind a newer one, which was read by two': [
      'reader live live | put 1 a0 | info 1 | a0>20 | a1>30 | read 20=a0 30=a1 40=a0 | read 20=a0 30=a1 40=a0 by:live',
      ['duplicate/retry~<zombie-append', 'zombie-append~'],
    ],
    'a record that failed after its shard was closed': [
      'bare | topo closed | reader final final | put 1 a0 | fail 1 | a1>20 | read 20=a1',
      ['?key-reorder', '?nonmonotonic-send', 'counter-gap/gave-up!', 'hash-hole!', 'write-to-closed!'],
    ],
    'a sentinel in a closed shard': [
      'bare | topo closed | reader final final | put 1 z0 by:s sentinel | ack 1 400 | a0>10 | read 10=a0 400=s:z0',
      ['?key-reorder', '?nonmonotonic-send', 'hash-hole!', 'write-to-closed!'],
    ],
    'an end before a split that no key crossed': [
      'a0>10 | a1>20 | read 10=a0 20=a1 end | split',
      ['?all', 'premature-shard-end!'],
    ],
    'acknowledged before it was read, at the same time': [
      'put 1 a0 | same read 10=a0 | ack 1 10 | a1>20 | read 20=a1',
      [],
    ],
    'a key that goes down by number in one call, and up in the next': [
      'put 1 a0 a1 batch | ack 1 20 10 | put 2 a2 a3 batch | ack 2 30 40 | read 10=a1 20=a0 30=a2 40=a3',
      ['int-nonmonotonic-send~', 'key-reorder~<int-nonmonotonic-send'],
    ],
    'a wrong start, and one that came later in between': [
      'reader live live | a0>10 | a2>30 | read 10=a0 30=a2 by:live from:AFTER=10 | a1>20 | read 10=a0 20=a1 30=a2',
      ['lost-in-view!', 'nonmonotonic-send!', 'realtime-append-order~<nonmonotonic-send', 'resumable-broken!'],
    ],
    'a dump that begins in the middle says nothing of what came before, whoever began at the beginning': [
      'reader live live | read 5=b0 | read 30=a3 40=a4 by:live from:LATEST',
      [],
      { recorded: ['pages'] },
    ],
    'records without identity, told apart by their bytes': [
      'reader live live | read 5=b0 6=z#11 7=b1 | read 5=b0 6=z#22 7=b1 by:live',
      ['inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
      { recorded: ['pages'] },
    ],
    'one of three final readers, the last, went past what is lost': [
      'reader two final | reader three final | a0>10 | a1>20 | a2>30 | read 10=a0 | read 10=a0 by:two | read 10=a0 30=a2 by:three',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'what others wrote is held to no range of its shard, below or above': [
      'a0>10 | a1>20 | split | a2>1/700 | read 0=z 10=a0 20=a1 600=z end | read 700=a2 shard:1 chain:2',
      [],
      { stream: { name: 's', shared: true } },
    ],
    'records of others, told apart by their bytes': [
      'reader live live | b0>5 | b1>7 | read 5=b0 6=z#11 7=b1 | read 5=b0 6=z#22 7=b1 by:live',
      ['inconsistent-offsets!', 'reader-divergence!<inconsistent-offsets'],
      { stream: { name: 's', shared: true } },
    ],
    'a reader that was told of an end before it went on from the beginning, and was given nothing': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live from:AT=5 end | read by:live chain:2',
      ['lost-in-view!<premature-shard-end', 'lost-in-view!<premature-shard-end', 'premature-shard-end!'],
    ],
    'a reader that was given nothing from the beginning on to an end': [
      'bare | topo closed | reader final final | reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live | read by:live chain:2 from:LATEST end',
      ['hash-hole!', 'lost-in-view!', 'lost-in-view!', 'write-to-closed!', 'write-to-closed!'],
    ],
    'a reader that was given nothing from the beginning on': [
      'reader live live | a0>10 | a1>20 | read 10=a0 20=a1 | read by:live | read by:live chain:2 from:LATEST',
      [],
    ],
    'a final reader at LATEST, and nobody knows when': [
      'read from:LATEST got:none | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2',
      ['?lost-write', 'poll-skip!', 'unseen.'],
    ],
    'a final reader from a second before the first put on': [
      'at 1002000 | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:TIME=2',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
      epoch,
    ],
    'a final reader from less than a second before the first put on': [
      'at 1002000 | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:TIME=3',
      ['?lost-write', 'poll-skip!', 'unseen.'],
      epoch,
    ],
    'a final reader from a time, and nobody knows when the run began': [
      'at 1002000 | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:TIME=2',
      ['?lost-write', 'poll-skip!', 'unseen.'],
    ],
    'a final reader of an unknown start, with a number': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:UNKNOWN=5',
      ['?lost-write', 'poll-skip!', 'unseen.'],
    ],
    'a final reader from a number below all others': [
      'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:AT=5',
      ['lost-write/middle!', 'poll-skip!<lost-write'],
    ],
    'a final reader from a number between, and one put failed below it': [
      'put 1 a0 | fail 1 | a0>10 | a1>20 | a2>30 | a3>40 | read 20=a1 40=a3 from:AT=20',
      ['?lost-write', 'poll-skip!', 'unseen.', 'unseen.'],
    ],
    'a consumer of two iterators in a child, the first of which gives later': [
      'bare | topo whole | reader final final | reader app subject | a0>10 | split | a1>1/700 | a2>1/710 | read 10=a0 end | read 700=a1 710=a2 shard:1 chain:2 | read by:app chain:7 shard:1 | read 700=a1 by:app chain:8 shard:1 from:AT=700 | read 10=a0 by:app chain:9 | read 710=a2 by:app chain:7 shard:1',
      ['child-before-parent!', 'subject-reorder!<child-before-parent'],
    ],
    'a read of what another wrote, on its way to a gap': [
      'a0>10 | a2>30 | read 10=a0 20=q5 30=a2',
      ['counter-gap/never-sent!', 'phantom!'],
    ],
    'a phantom of the flow itself, above all': ['a0>10 | a1>20 | read 10=a0 20=a1 30=a5', ['phantom!']],
    'a record sent again, acknowledged where it lay': [
      'a0>10 | put 2 a0 | ack 2 10 | a1>20 | read 10=a0 20=a1',
      ['nonmonotonic-send!'],
    ],
    'a record sent again while the first was under way': [
      'put 1 a0 | put 2 a0 | ack 1 10 | ack 2 20 | a1>30 | read 10=a0 20=a0 30=a1',
      ['duplicate!'],
    ],
    'a record sent again, by PutRecords with itself': [
      'put 1 a0 a0 batch | ack 1 10 20 | a1>30 | read 10=a0 20=a0 30=a1',
      ['duplicate!'],
    ],
    'two places of one record in one page, of three readers': [
      'reader live live | reader more live | a0>10 | put 2 a0 | ack 2 20 | a1>30 | read 10=a0 20=a0 30=a1 | read 10=a0 20=a0 30=a1 by:live | read 10=a0 20=a0 30=a1 by:more',
      ['duplicate/resend!'],
    ],
    'retained until the moment at which it was asked': [
      'reader live live | at 100 | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | at 3600000110 | read 30=a2 by:live asked:3600000110',
      ['lost-in-view!<resumable-broken', 'resumable-broken!'],
      anHour,
    ],
    'passed over at the moment at which its retention was over': [
      'reader live live | at 100 | put 1 a0 | ack 1 10 | put 2 a1 | ack 2 20 | put 3 a2 | ack 3 30 | read 10=a0 20=a1 30=a2 | at 3600000130 | read 10=a0 30=a2 by:live from:UNKNOWN asked:3600000130',
      [],
      anHour,
    ],
    'passed over a moment before': [
      'reader live live | at 100 | put 1 a0 | ack 1 10 | put 2 a1 | ack 2 20 | put 3 a2 | ack 3 30 | read 10=a0 20=a1 30=a2 | at 3600000130 | read 10=a0 30=a2 by:live from:UNKNOWN asked:3600000129',
      ['lost-in-view!<poll-skip', 'poll-skip!'],
      anHour,
    ],
  },
};

import type { Head } from '../../../model/event.ts';

export type Case = {
  /**
   * In the words of `order-lines.ts`, with one shard that is all of the stream and a final reader, unless it begins
   * with `bare`.
   */
  readonly history: string | readonly (string | Record<string, unknown>)[];
  readonly head?: Partial<Head>;
  /**
   * All that is found: anomaly/kind, ! forbidden, ~ allowed, . reported, + to be found; whom it is blamed on; < by
   * what it is explained. And which claims are unknown (?).
   */
  readonly said: readonly string[];
};

/**
 * What the contract says of loss (C) and of the producers' order (D), worked out by hand from its sentences: what is
 * found, and nothing beside it.
 */
export const lossAndOrderCases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'C: a lost write is proved by a final reader that began before the run and read higher': {
    middle: {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    prefix: {
      history: 'a0>10 | a1>20 | a2>30 | read 20=a1 30=a2',
      said: ['lost-write/prefix!service-write'],
    },
    'postfix by sentinel': {
      history: 'a0>10 | a1>20 | a2>25 | put 9 z0 by:s sentinel | ack 9 30 | read 10=a0 20=a1 30=s:z0',
      said: ['lost-write/postfix!service-write', 'poll-skip!service-read<lost-write'],
    },
    'postfix by foreign higher': {
      history: 'a0>10 | a1>20 | a2>25 | read 10=a0 20=a1 30=z',
      head: { stream: { shared: true } },
      said: ['lost-write/postfix!service-write', 'poll-skip!service-read<lost-write'],
    },
    'key never read': {
      history: 'a0>10 | a1>20 | b0>25 | a2>30 | read 10=a0 20=a1 30=a2',
      said: ['lost-write/prefix!service-write', 'poll-skip!service-read<lost-write'],
    },
    'unseen at the end': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1',
      said: ['unseen.', '?lost-write'],
    },
    'end without topology': {
      history: 'bare | reader final final | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 end',
      said: ['unseen.', '?lost-write'],
    },
    'end & open': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 end',
      said: ['premature-shard-end!service-read', 'unseen.<premature-shard-end', '?lost-write'],
    },
    'live reader only': {
      history: 'bare | topo whole | reader live live | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 by:live',
      said: ['poll-skip!service-read', 'unseen.', '?lost-write'],
    },
    'unknown reader (no reader event)': {
      history: 'bare | topo whole | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 by:x',
      said: ['poll-skip!service-read', 'unseen.', '?lost-write'],
    },
    'final began at LATEST before first put': {
      history: 'read from:LATEST | a0>10 | a1>20 | a2>30 | read 10=a0 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'final began at LATEST after the first put': {
      history: 'a0>10 | read from:LATEST | a1>20 | a2>30 | a3>40 | read 20=a1 40=a3',
      said: ['poll-skip!service-read', 'unseen.', 'unseen.', '?lost-write'],
    },
    'AT_SEQUENCE_NUMBER of a foreign record below': {
      history: 'read 5=z chain:7 | a0>10 | a1>20 | a2>30 | read 5=z 10=a0 30=a2 chain:8 from:AT=5',
      head: { stream: { shared: true } },
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', 're-delivery~consumer'],
    },
    'AFTER a number below every one of the run': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:AFTER=5',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'AFTER own record, passing over': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 20=a1 40=a3 from:AFTER=10',
      said: ['poll-skip!service-read', 'unseen.', 'unseen.', '?lost-write'],
    },
    'UNKNOWN start': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:UNKNOWN',
      said: ['poll-skip!service-read', 'unseen.', '?lost-write'],
    },
    'no from': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:none',
      said: ['poll-skip!service-read', 'unseen.', '?lost-write'],
    },
    'AT_TIMESTAMP before the run': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 from:TIME=1795420000000',
      head: { startedAt: '2026-11-23T08:00:00.000Z' },
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'two final readers, neither covers': {
      history:
        'reader f2 final | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 | read by:f2 from:LATEST | a3>40 | read 40=a3 by:f2',
      said: ['unseen.', '?lost-write'],
    },
    'two final readers, second covers': {
      history: 'reader f2 final | a0>10 | a1>20 | a2>30 | read 10=a0 | read by:f2 10=a0 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'final: first chain not from the start, second is': {
      history: 'a0>10 | a1>20 | a2>30 | read 30=a2 from:AFTER=25 | read 10=a0 30=a2 chain:2 from:TRIM',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', 're-delivery~consumer'],
    },
    'higher position read by another shard is nothing': {
      history:
        'bare | topo halves | reader final final | a0>10 | a1>20 | b0>1/30 | b1>1/40 | read 10=a0 | read 30=b0 40=b1 shard:1 chain:2',
      said: ['unseen.', '?lost-write'],
    },
    'shard never read': {
      history: 'bare | topo halves | reader final final | a0>10 | a1>20 | b0>1/30 | b1>1/40 | read 10=a0 20=a1',
      said: ['unseen.', 'unseen.', '?lost-write'],
    },
    'final restarts while another shard': {
      history:
        'bare | topo halves | reader final final | a0>10 | a1>20 | a2>30 | b0>1/5 | b1>1/15 | read 5=b0 15=b1 shard:1 chain:9 | read 10=a0 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'lengths: 9 between 8 and 10': {
      history: 'a0>8 | a1>9 | a2>10 | read 8=a0 10=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'leading zeros in the ack': {
      history: 'a0>0010 | a1>0020 | a2>0030 | read 10=a0 20=a1 30=a2',
      said: [],
    },
    'lost sub record, higher sub read': {
      history: 'put 1 a0 a1 a2 parts:1 | ack 1 10.0 10.1 10.2 | read 10.0=a0 10.2=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'sub at the end unseen': {
      history: 'put 1 a0 a1 a2 parts:1 | ack 1 10.0 10.1 10.2 | read 10.0=a0 10.1=a1',
      said: ['unseen.', '?lost-write'],
    },
    'whole aggregate lost': {
      history: 'a0>5 | put 1 a1 a2 parts:1 | ack 1 10.0 10.1 | a3>20 | read 5=a0 20=a3',
      said: [
        'lost-write/middle!service-write',
        'lost-write/middle!service-write',
        'poll-skip!service-read<lost-write',
        'poll-skip!service-read<lost-write',
      ],
    },
    'split, lost in the child': {
      history: 'a0>10 | split | a1>1/700 | a2>1/800 | a3>1/900 | read 10=a0 end | read 700=a1 900=a3 shard:1 chain:2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'split, child never read': {
      history: 'a0>10 | split | a1>1/700 | read 10=a0 end',
      said: ['unseen.', '?lost-write', '?nonmonotonic-send', '?key-reorder'],
    },
    'split, lost at the end of the parent': {
      history: 'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 end | read 700=a2 shard:1 chain:2',
      said: ['lost-write/middle!service-write'],
    },
    'split, parent not read to the end': {
      history: 'a0>10 | a1>20 | split | a2>1/700 | read 10=a0 | read 700=a2 shard:1 chain:2',
      said: ['unseen.', '?lost-write'],
    },
    'lost write of two producers on one key': {
      history: 'a0>10 | a0>15 by:p2 | a1>20 | a1>25 by:p2 | a2>30 | read 10=a0 15=p2:a0 20=a1 30=a2',
      said: ['lost-write/postfix!service-write', 'poll-skip!service-read<lost-write'],
    },
  },
  'C: chains join where one goes on after what was delivered, or again from the start': {
    'restart AFTER last joins': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 | read 30=a2 chain:2 from:AFTER=10',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'restart AFTER last joins, passing inside the second chain': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 | read 20=a1 40=a3 chain:2 from:AFTER=10',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'restart AFTER last with leading zeros joins': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 | read 20=a1 40=a3 chain:2 from:AFTER=0010',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'restart AFTER a higher number does not join': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 | read 40=a3 chain:2 from:AFTER=25',
      said: ['unseen.', 'unseen.', '?lost-write'],
    },
    'restart AFTER higher, lost behind': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | a4>50 | read 10=a0 | read 30=a2 50=a4 chain:2 from:AFTER=20',
      said: ['poll-skip!service-read', 'unseen.', 'unseen.', '?lost-write'],
    },
    'restart AFTER an earlier delivered': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 | read 20=a1 40=a3 chain:2 from:AFTER=10',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', 're-delivery~consumer'],
    },
    'restart AT the last': {
      history: 'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 20=a1 | read 20=a1 40=a3 chain:2 from:AT=20',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', 're-delivery~consumer'],
    },
    'restart from TRIM after nothing delivered': {
      history: 'a0>10 | a1>20 | a2>30 | read | read 10=a0 30=a2 chain:2 from:TRIM',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'restart from TRIM after something delivered': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 | read 10=a0 30=a2 chain:2 from:TRIM',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', 're-delivery~consumer'],
    },
    'restart LATEST does not join': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 | read chain:2 from:LATEST | a3>40 | read 40=a3 chain:2',
      said: ['unseen.', 'unseen.', '?lost-write'],
    },
    'error page does not break': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 | read error | read 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'error page first': {
      history: 'a0>10 | a1>20 | a2>30 | read error | read 10=a0 30=a2',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'error page with from, then new chain from start': {
      history: 'a0>10 | a1>20 | a2>30 | read error | read 10=a0 30=a2 chain:2 from:TRIM',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'restart AFTER an aggregate joins': {
      history:
        'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | a2>20 | a3>30 | read 10.0=a0 10.1=a1 | read 30=a3 chain:2 from:AFTER=10',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'final reader restarts twice': {
      history:
        'a0>10 | a1>20 | a2>30 | a3>40 | read 10=a0 | read 20=a1 chain:2 from:AFTER=10 | read 40=a3 chain:3 from:AFTER=20',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'same chain number with a new from is a new chain': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 | read from:LATEST | a3>40 | read 40=a3',
      said: ['unseen.', 'unseen.', '?lost-write'],
    },
  },
  'C: what was read by anybody, or never acknowledged, is not lost': {
    'live read it beyond final end': {
      history: 'reader live live | a0>10 | a1>20 | read 10=a0 | read 10=a0 20=a1 by:live',
      said: [],
    },
    'fail is not lost': {
      history: 'a0>10 | a1>fail | a1>20 | a2>30 | read 10=a0 20=a1 30=a2',
      said: [],
    },
    'info then nothing is no loss': {
      history: 'a0>10 | a1>info | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'no ack at all': {
      history: 'a0>10 | a1>? | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'info then ok at the read place': {
      history: 'a0>10 | a1>info | a1>20 | a2>30 | read 10=a0 20=a1 30=a2',
      said: [],
    },
    'fail then ok': {
      history: 'a0>fail | a0>10 | a1>20 | read 10=a0 20=a1',
      said: [],
    },
    'lost sentinel is nothing': {
      history: 'a0>10 | a1>20 | put 9 z0 by:s sentinel | ack 9 25 | a2>30 | read 10=a0 20=a1 30=a2',
      said: ['poll-skip!service-read'],
    },
    'unread sentinel at the end': {
      history: 'a0>10 | a1>20 | put 9 z0 by:s sentinel | ack 9 25 | read 10=a0 20=a1',
      said: [],
    },
    'acked twice, read nowhere': {
      history: 'a0>10 | a1>20 | a1>25 | a2>30 | read 10=a0 30=a2',
      said: [
        'lost-write/middle!service-write',
        'poll-skip!service-read<lost-write',
        'poll-skip!service-read<lost-write',
      ],
    },
    'acked twice, second place unproved': {
      history: 'a0>10 | a2>15 | a1>20 | a1>50 | a2>30 | read 10=a0 15=a2 30=a2',
      said: [
        'duplicate/resend!producer',
        'nonmonotonic-send!service-write',
        'poll-skip!service-read',
        'realtime-append-order~service-write<nonmonotonic-send',
        'unseen.',
        '?lost-write',
      ],
    },
    'resent by another producer is another record': {
      history: 'a0>10 | a1>20 | a0>25 by:p2 | a2>30 | read 10=a0 20=a1 25=p2:a0 30=a2',
      said: [],
    },
    'ok lands after it was read': {
      history: 'a0>10 | put 1 a1 | read 10=a0 20=a1 | ack 1 20',
      said: [],
    },
    'acks in shards not listed': {
      history: 'bare | reader final final | a0>10 | a1>20 | read 10=a0 20=a1',
      said: [],
    },
    'sentinel info, read': {
      history: 'a0>10 | a1>20 | a2>25 | put 9 z0 by:s sentinel | info 9 | read 10=a0 20=a1 30=s:z0',
      said: ['lost-write/postfix!service-write', 'poll-skip!service-read<lost-write'],
    },
  },
  'C: outcomes of entries; recovered': {
    'throttled entry definitely failed': {
      history: 'put 1 a0 a1 a2 | ack 1 10 !throttled 30 | read 10=a0 30=a2',
      said: ['counter-gap/gave-up!producer'],
    },
    'internal failure entry is info': {
      history: 'put 1 a0 a1 a2 | ack 1 10 !internal 30 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'internal failure visible': {
      history: 'put 1 a0 a1 a2 | ack 1 10 !internal 30 | read 10=a0 20=a1 30=a2',
      said: ['recovered.'],
    },
    'throttled visible': {
      history: 'put 1 a0 a1 a2 | ack 1 10 !throttled 30 | read 10=a0 20=a1 30=a2',
      said: ['aborted-read!service-write'],
    },
    'info, fail, visible': {
      history: 'a0>10 | a1>info | a1>fail | a2>30 | read 10=a0 20=a1 30=a2',
      said: ['recovered.'],
    },
    'info lands late (answered after all was read)': {
      history: 'a0>10 | put 1 a1 | a2>30 | read 10=a0 20=a1 30=a2 | info 1',
      said: ['recovered.'],
    },
    'nothing acknowledged, read': {
      history: 'a0>info | a1>info | read 10=a0 20=a1',
      said: ['recovered.', 'recovered.', '?all'],
    },
  },
  'C: counter-gap': {
    'gap at the largest put': {
      history: 'a0>10 | a1>20 | a2>fail | read 10=a0 20=a1',
      said: ['counter-gap/gave-up!producer'],
    },
    'gap info at the largest put': {
      history: 'a0>10 | a1>20 | a2>info | read 10=a0 20=a1',
      said: ['counter-gap/info~'],
    },
    'gap at the start': {
      history: 'a0>fail | a1>20 | a2>30 | read 20=a1 30=a2',
      said: ['counter-gap/gave-up!producer'],
    },
    'never sent at the start': {
      history: 'a1>20 | a2>30 | read 20=a1 30=a2',
      said: ['counter-gap/never-sent!producer'],
    },
    'never sent in the middle': {
      history: 'a0>10 | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/never-sent!producer'],
    },
    'never sent two': {
      history: 'a0>10 | a3>30 | read 10=a0 30=a3',
      said: ['counter-gap/never-sent!producer'],
    },
    'info then fail': {
      history: 'a0>10 | a1>info | a1>fail | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/gave-up!producer'],
    },
    'fail then info': {
      history: 'a0>10 | a1>fail | a1>info | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'fail then never answered': {
      history: 'a0>10 | a1>fail | a1>? | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'info sent first, answered after a fail sent later': {
      history: 'a0>10 | put 1 a1 | put 2 a1 | fail 2 | info 1 | a2>30 | read 10=a0 30=a2',
      said: ['counter-gap/gave-up!producer'],
    },
    'key with nothing acknowledged or read is no gap': {
      history: 'a0>10 | a1>20 | b0>fail | b1>info | read 10=a0 20=a1',
      said: [],
    },
    'other producer of the key has its own gaps': {
      history: 'a0>10 by:p1 | a1>20 by:p2 | a1>30 by:p1 | read 10=a0 20=p2:a1 30=a1',
      said: ['counter-gap/never-sent!producer'],
    },
    'sentinel gaps are nothing': {
      history: 'a0>10 | a1>20 | put 9 z5 by:s sentinel | ack 9 30 | read 10=a0 20=a1 30=s:z5',
      said: [],
    },
    'gap beside a lost record': {
      history: 'a0>10 | a2>30 | a3>40 | read 10=a0 40=a3',
      said: ['counter-gap/never-sent!producer', 'lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'gap below a lost record': {
      history: 'a0>10 | a1>20 | a3>40 | b0>50 | read 10=a0 20=a1 50=b0',
      said: [
        'counter-gap/never-sent!producer',
        'lost-write/postfix!service-write',
        'poll-skip!service-read<lost-write',
      ],
    },
  },
  'C: expired-unread': {
    expired: {
      history: 'a0>10 | wait 3600000000 | a1>20 | a2>30 | read 20=a1 30=a2',
      head: { stream: { retentionHours: 1 } },
      said: ['expired-unread.'],
    },
    'not expired': {
      history: 'a0>10 | wait 3599000000 | a1>20 | a2>30 | read 20=a1 30=a2',
      head: { stream: { retentionHours: 1 } },
      said: ['lost-write/prefix!service-write'],
    },
    'retention equal': {
      history: 'put 1 a0 | ack 1 10 | wait 3599999900 | a1>20 | a2>30 | wait 200 | read 20=a1 30=a2 asked:3600000040',
      head: { stream: { retentionHours: 1 } },
      said: ['expired-unread.'],
    },
    'retention one less': {
      history: 'put 1 a0 | ack 1 10 | wait 3599999900 | a1>20 | a2>30 | wait 200 | read 20=a1 30=a2 asked:3600000039',
      head: { stream: { retentionHours: 1 } },
      said: ['lost-write/prefix!service-write'],
    },
    'default retention is a day': {
      history: 'a0>10 | wait 86400000000 | a1>20 | a2>30 | read 20=a1 30=a2',
      said: ['expired-unread.'],
    },
    'expired by first page, read later': {
      history: 'read | a0>10 | wait 3600000000 | a1>20 | a2>30 | read 20=a1 30=a2',
      head: { stream: { retentionHours: 1 } },
      said: ['lost-write/prefix!service-write'],
    },
    'expired and another lost': {
      history: 'a0>10 | wait 3600000000 | a1>20 | a2>30 | a3>40 | read 20=a1 40=a3',
      head: { stream: { retentionHours: 1 } },
      said: ['expired-unread.', 'lost-write/middle!service-write', 'poll-skip!service-read<lost-write'],
    },
    'expired and another unseen': {
      history: 'a0>10 | wait 3600000000 | a1>20 | a2>30 | a3>40 | read 20=a1 30=a2',
      head: { stream: { retentionHours: 1 } },
      said: ['expired-unread.', 'unseen.', '?lost-write'],
    },
  },
  '3: without puts, blame is null and P2 is held; without pages nothing is said to hold': {
    'without puts, gap': {
      history: 'bare | topo whole | read 10=a0 30=a2 by:x',
      head: { recorded: ['pages'] },
      said: ['counter-gap/never-sent!'],
    },
    'without puts, gap at start': {
      history: 'bare | topo whole | read 20=a1 30=a2 by:x',
      head: { recorded: ['pages'] },
      said: ['counter-gap/never-sent!'],
    },
    'without puts, clean': {
      history: 'bare | topo whole | read 20=a0 30=a1 by:x',
      head: { recorded: ['pages'] },
      said: [],
    },
    'without puts, reorder': {
      history: 'bare | topo whole | read 20=a1 30=a0 by:x',
      head: { recorded: ['pages'] },
      said: ['key-reorder!'],
    },
    'without puts, only one record': {
      history: 'bare | topo whole | read 20=a0 by:x',
      head: { recorded: ['pages'] },
      said: ['?key-reorder'],
    },
    'without puts, batch inversion 3': {
      history: 'bare | topo whole | read 10=a3 20=a2 30=a1 40=a0 by:x',
      head: { recorded: ['pages'] },
      said: ['key-reorder!', 'key-reorder!', 'key-reorder!'],
    },
    'without puts, split': {
      history: 'bare | topo split | read 450=a1 end by:x | read 700=a0 by:x shard:1 chain:2',
      head: { recorded: ['pages'] },
      said: ['key-reorder!'],
    },
    'without puts, gap at the start, after': {
      history: 'bare | topo whole | read 20=a1 30=a2 by:x from:AFTER=10',
      head: { recorded: ['pages'] },
      said: [],
    },
    'without puts, subject, gap middle': {
      history: 'bare | topo whole | reader app subject | read 10=a0 30=a2 by:app from:UNKNOWN',
      head: { recorded: ['pages'] },
      said: ['counter-gap/never-sent!'],
    },
    'without pages': {
      history: 'bare | topo whole | a0>10 | a1>20',
      head: { recorded: ['puts'] },
      said: ['unseen.', 'unseen.', '?all'],
    },
    'without pages, broken': {
      history: 'bare | topo whole | a0>20 | a1>10',
      head: { recorded: ['puts'] },
      said: [
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'unseen.',
        'unseen.',
        '?all',
      ],
    },
  },
  'D: nonmonotonic-send, by produce mode of each producer and key': {
    'P2 swapped': {
      history: 'a0>20 | a1>10 | read 10=a1 20=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P1 swapped': {
      history: 'a0>20 | a1>10 after:20 | read 10=a1 20=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken!service-write',
      ],
    },
    'P1 equal': {
      history: 'a0>20 | a1>20 after:20 | read 20=a0',
      said: [
        'inconsistent-offsets!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'snfo-broken!service-write',
        'unseen.',
        '?lost-write',
        '?nonmonotonic-send',
        '?key-reorder',
      ],
    },
    'P2 equal place': {
      history: 'a0>20 | a1>20 | a2>30 | read 20=a0 30=a2',
      said: [
        'inconsistent-offsets!service-write',
        'lost-write/middle!service-write<inconsistent-offsets',
        'nonmonotonic-send!service-write',
      ],
    },
    'P3 mode by another overlap, serial pair swapped': {
      history: 'put 1 a0 | put 2 a1 | ack 1 10 | ack 2 20 | a2>40 | a3>30 | read 10=a0 20=a1 30=a3 40=a2',
      said: [
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P3 overlap by other producer is not overlap': {
      history: 'put 1 a0 | put 2 a0 by:p2 | ack 1 10 | ack 2 20 | a1>40 | a2>30 | read 10=a0 20=p2:a0 30=a2 40=a1',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'overlap of another key is none': {
      history: 'put 1 a0 | put 2 b0 | ack 1 20 | ack 2 30 | a1>10 | read 10=a1 20=a0 30=b0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'overlap with sentinel of that key is none': {
      history: 'put 1 a0 | put 2 a9 sentinel | ack 1 20 | ack 2 30 | a1>10 | read 10=a1 20=a0 30=a9',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'sentinel in flight': {
      history: 'put 9 a9 sentinel | a0>20 | a1>10 | ack 9 30 | read 10=a1 20=a0 30=a9',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 by one entry': {
      history: 'a0>20 batch | a1>10 batch | read 10=a1 20=a0',
      said: [
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 by one PutRecords anywhere': {
      history: 'a0>20 | a1>10 | a2>30 batch | read 10=a1 20=a0 30=a2',
      said: [
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 of another key is none': {
      history: 'a0>20 | a1>10 | b0>30 batch | read 10=a1 20=a0 30=b0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 of another producer is none': {
      history: 'a0>20 | a1>10 | a0>30 batch by:p2 | read 10=a1 20=a0 30=p2:a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 sentinel PutRecords is none': {
      history: 'a0>20 | a1>10 | put 9 a7 sentinel batch | ack 9 30 | read 10=a1 20=a0 30=a7',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'P4 failed PutRecords counts': {
      history: 'a0>20 | a1>10 | a2>fail batch | a2>30 | read 10=a1 20=a0 30=a2',
      said: [
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'ack and put at one time are serial (ack line first)': {
      history: 'put 1 a0 | ack 1 20 | same put 2 a1 | ack 2 10 | read 10=a1 20=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'put then ack at one time overlapping': {
      history: 'put 1 a0 | put 2 a1 | same ack 1 20 | ack 2 10 | read 10=a1 20=a0',
      said: ['key-reorder~producer'],
    },
    'cross shards unrelated': {
      history: 'bare | topo halves | reader final final | a0>1/20 | a1>10 | read 10=a1 | read 20=a0 shard:1 chain:2',
      said: [
        'mispartitioned!service-write',
        'split-key!service-write<mispartitioned',
        '?nonmonotonic-send',
        '?key-reorder',
      ],
    },
    'two producers, own orders broken': {
      history: 'a0>20 | a1>10 | a0>30 by:p2 | a1>40 by:p2 | read 10=a1 20=a0 30=p2:a0 40=p2:a1',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'two producers, second overlaps itself only': {
      history:
        'a0>20 | a1>10 | put 1 a0 by:p2 | put 2 a1 by:p2 | ack 1 40 | ack 2 30 | read 10=a1 20=a0 30=p2:a1 40=p2:a0',
      said: [
        'key-reorder!service-write',
        'key-reorder~producer',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'resent lower': {
      history: 'a0>20 | a0>10 | a1>30 | read 20=a0 30=a1',
      said: ['nonmonotonic-send!service-write', 'realtime-append-order~service-write<nonmonotonic-send'],
    },
  },
  'D: snfo-broken': {
    'a first put after a number of nobody': {
      history: 'a0>10 after:5 | a1>20 after:10 | read 10=a0 20=a1',
      said: [],
    },
    'below a number of nobody': {
      history: 'a0>10 after:15 | a1>20 after:10 | read 10=a0 20=a1',
      said: [],
    },
    'at the number that it is given itself': {
      history: 'a0>10 after:10 | a1>20 after:10 | read 10=a0 20=a1',
      said: [],
    },
    'below a number of another key': {
      history: 'a0>10 | b0>20 | a1>15 after:20 | read 10=a0 15=a1 20=b0',
      said: ['realtime-append-order~service-write'],
    },
    'below a number of the same key, of another producer': {
      history: 'a0>10 | a0>20 by:p2 | a1>15 after:20 | read 10=a0 15=a1 20=p2:a0',
      said: ['realtime-append-order~service-write'],
    },
    'below a number that was acknowledged to it only later': {
      history: 'put 1 a0 | put 2 a1 after:30 | ack 1 30 | ack 2 20 | read 20=a1 30=a0',
      said: ['key-reorder~producer'],
    },
    'below a number that it may know in time': {
      history: 'put 1 a0 | ack 1 30 | put 2 a1 after:30 | ack 2 20 | read 20=a1 30=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken!service-write',
      ],
    },
    'at its own number': {
      history: 'a0>10 | a1>10 after:10 | a2>20 after:10 | read 10=a0 20=a2',
      said: [
        'inconsistent-offsets!service-write',
        'lost-write/middle!service-write<inconsistent-offsets',
        'nonmonotonic-send!service-write<snfo-broken',
        'snfo-broken!service-write',
      ],
    },
    'below an end marker of its own key': {
      history: 'a0>10 | put 9 a7 sentinel | ack 9 30 | a1>20 after:30 | read 10=a0 20=a1 30=a7',
      said: [],
    },
    'after with zeros fine': {
      history: 'a0>10 | a1>20 after:0000010 | read 10=a0 20=a1',
      said: [],
    },
    'after longer number': {
      history: 'a0>9 | a1>10 after:9 | read 9=a0 10=a1',
      said: [],
    },
    'after longer number broken': {
      history: 'a0>10 | a1>9 after:10 | read 9=a1 10=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken!service-write',
      ],
    },
    'after with zeros broken': {
      history: 'a0>10 | a1>9 after:0010 | read 9=a1 10=a0',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken!service-write',
      ],
    },
    'wrong after but not last acked': {
      history: 'a0>10 | a1>20 after:10 | a2>15 after:10 | read 10=a0 15=a2 20=a1',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'sentinel after broken': {
      history: 'a0>10 | a1>20 | put 9 z0 by:s sentinel after:20 | ack 9 15 | read 10=a0 15=s:z0 20=a1',
      said: [],
    },
    'sentinel after fine': {
      history: 'a0>10 | a1>20 | put 9 z0 by:s sentinel after:20 | ack 9 25 | read 10=a0 20=a1 25=s:z0',
      said: [],
    },
    'P1 with an info between': {
      history: 'a0>10 | a1>info after:10 | a2>30 after:10 | read 10=a0 30=a2',
      said: ['counter-gap/info~'],
    },
    'P1 resend after info': {
      history: 'a0>10 | a1>info after:10 | a1>30 after:10 | read 10=a0 30=a1',
      said: [],
    },
    'P1 first two without after (nothing acknowledged yet)': {
      history: 'a0>info | a1>20 | a2>30 after:20 | read 20=a1 30=a2',
      said: ['counter-gap/info~'],
    },
    'P1 across split: after the parent number': {
      history:
        'a0>10 | split | a1>1/700 after:10 | a2>1/800 after:700 | read 10=a0 end | read 700=a1 800=a2 shard:1 chain:2',
      said: [],
    },
    'P1 across split broken inside the child': {
      history:
        'a0>10 | split | a1>1/800 after:10 | a2>1/700 after:800 | read 10=a0 end | read 700=a2 800=a1 shard:1 chain:2',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken!service-write',
      ],
    },
    'split regress': {
      history: 'a0>400 | topo low | a1>1/5 | read 400=a0 end | read 5=a1 shard:1 chain:2',
      said: [
        'lineage-seq-regression!service-write',
        'lineage-seq-regression/declared!service-write',
        'lineage-seq-regression/declared!service-write',
        'nonmonotonic-send!service-write<lineage-seq-regression',
      ],
    },
    'split regress P1': {
      history: 'a0>400 | topo low | a1>1/5 after:400 | read 400=a0 end | read 5=a1 shard:1 chain:2',
      said: [
        'lineage-seq-regression!service-write',
        'lineage-seq-regression/declared!service-write',
        'lineage-seq-regression/declared!service-write',
        'nonmonotonic-send!service-write<snfo-broken',
        'snfo-broken!service-write<lineage-seq-regression',
      ],
    },
  },
  'D: realtime-append-order': {
    'realtime other producer': {
      history: 'a0>10 | a1>40 | b0>30 by:p2 | read 10=a0 30=p2:b0 40=a1',
      said: ['realtime-append-order~service-write'],
    },
    'realtime overlapping is none': {
      history: 'a0>10 | put 1 a1 | put 2 b0 by:p2 | ack 1 40 | ack 2 30 | read 10=a0 30=p2:b0 40=a1',
      said: [],
    },
    'realtime other shard none': {
      history:
        'bare | topo halves | reader final final | a0>10 | a1>40 | b0>1/30 by:p2 | read 10=a0 40=a1 | read 30=p2:b0 shard:1 chain:2',
      said: [],
    },
    'realtime sentinel': {
      history: 'a0>10 | a1>40 | put 9 z0 by:s sentinel | ack 9 30 | read 10=a0 30=s:z0 40=a1',
      said: [],
    },
    'realtime same producer other key': {
      history: 'a0>10 | a1>40 | b0>30 | read 10=a0 30=b0 40=a1',
      said: ['realtime-append-order~service-write'],
    },
    'two producers in inverse': {
      history: 'a0>10 | a1>30 | a0>20 by:p2 | a1>40 by:p2 | read 10=a0 20=p2:a0 30=a1 40=p2:a1',
      said: ['realtime-append-order~service-write'],
    },
  },
  'D: inside one PutRecords': {
    'batch swapped': {
      history: 'put 1 a0 a1 | ack 1 20 10 | read 10=a1 20=a0',
      said: ['int-nonmonotonic-send~service-write', 'key-reorder~producer<int-nonmonotonic-send'],
    },
    'batch swapped other keys': {
      history: 'put 1 a0 b0 | ack 1 20 10 | a1>30 | read 10=b0 20=a0 30=a1',
      said: [],
    },
    'batch of swapped n, rising': {
      history: 'put 1 a1 a0 | ack 1 10 20 | read 10=a1 20=a0',
      said: ['key-reorder~producer'],
    },
    'batch of swapped n, falling': {
      history: 'put 1 a1 a0 | ack 1 20 10 | read 10=a0 20=a1',
      said: ['int-nonmonotonic-send~service-write'],
    },
    'batch equal': {
      history: 'put 1 a0 a1 | ack 1 10 10 | a2>30 | read 10=a0 30=a2',
      said: ['inconsistent-offsets!service-write', 'lost-write/middle!service-write<inconsistent-offsets'],
    },
    'batch, middle failed': {
      history: 'put 1 a0 a1 a2 | ack 1 20 !throttled 10 | put 2 a1 | ack 2 30 | read 10=a2 20=a0 30=a1',
      said: [
        'int-nonmonotonic-send~service-write',
        'key-reorder/retry~producer',
        'key-reorder~producer<int-nonmonotonic-send',
      ],
    },
    'batch swapped not read': {
      history: 'put 1 a0 a1 | ack 1 20 10 | a2>30 | read 30=a2',
      said: [
        'int-nonmonotonic-send~service-write',
        'lost-write/prefix!service-write',
        'lost-write/prefix!service-write',
        '?nonmonotonic-send',
        '?key-reorder',
      ],
    },
    'misaligned answer': {
      history: 'put 1 a0 a1 | ack 1 20 10 | read 10=a0 20=a1',
      said: [
        'ack-mismatch!service-write<response-misalignment',
        'ack-mismatch!service-write<response-misalignment',
        'inconsistent-offsets!service-write<response-misalignment',
        'inconsistent-offsets!service-write<response-misalignment',
        'int-nonmonotonic-send~service-write<response-misalignment',
        'response-misalignment!service-write',
      ],
    },
    'hashes spread a key': {
      history: [
        'bare',
        'topo halves',
        'reader final final',
        {
          type: 'put',
          op: 1,
          producer: 'p1',
          api: 'PutRecords',
          entries: [
            { key: 'a', n: 0, digest: '6123300000000000', hash: '340282366920938463463374607431768211455' },
            { key: 'a', n: 1, digest: '6123310000000000', hash: '0' },
            { key: 'a', n: 2, digest: '6123320000000000', hash: '0' },
          ],
        },
        'ack 1 1/900 20 10',
        'read 10=a2 20=a1',
        'read 900=a0 shard:1 chain:2',
      ],
      said: ['int-nonmonotonic-send~service-write', 'key-reorder~producer<int-nonmonotonic-send'],
    },
    skip: {
      history: 'put 1 a0 a1 | put 2 b0 by:p2 | ack 1 10 30 | ack 2 20 | read 10=a0 20=p2:b0 30=a1',
      said: ['int-send-skip~service-write'],
    },
    'an end, and then a list made while the reshard was under way that closed the shard': {
      history: [
        'a0>10',
        { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: ['shardId-000000000000'] },
        'read 10=a0 end',
        'topo whole',
        { type: 'reshard', id: 1, phase: 'ok' },
        'topo split',
        'a1>1/700',
        'read 700=a1 shard:1 chain:2',
      ],
      said: [],
    },
    'skip own other call': {
      history: 'put 1 a0 a1 | put 2 b0 | ack 1 10 30 | ack 2 20 | read 10=a0 20=b0 30=a1',
      said: ['int-send-skip~service-write'],
    },
    'skip foreign': {
      history: 'put 1 a0 a1 | ack 1 10 30 | read 10=a0 20=z 30=a1',
      head: { stream: { shared: true } },
      said: ['int-send-skip~service-write'],
    },
    'no skip before or behind': {
      history: 'b0>5 by:p2 | put 1 a0 a1 | ack 1 10 30 | b1>40 by:p2 | read 5=p2:b0 10=a0 30=a1 40=p2:b1',
      said: [],
    },
    'skip across other shard none': {
      history:
        'bare | topo halves | reader final final | put 1 a0 b0 | ack 1 10 1/30 | a1>20 | read 10=a0 20=a1 | read 30=b0 shard:1 chain:2',
      said: [],
    },
    'skip of the batch own duplicate': {
      history: 'put 1 a0 a1 | ack 1 10 30 | read 10=a0 20=a0 30=a1',
      said: ['duplicate!service-write'],
    },
    'sentinel batch swapped': {
      history: 'a0>10 | a1>20 | put 9 z0 z1 by:s sentinel | ack 9 31 30 | read 10=a0 20=a1 30=s:z1 31=s:z0',
      said: [],
    },
    'aggregate sub order at reading': {
      history: 'put 1 a0 a1 parts:1 | ack 1 10.1 10.0 | read 10.0=a1 10.1=a0',
      said: ['key-reorder~producer'],
    },
    'aggregates swapped': {
      history:
        'put 1 a0 a1 parts:1 | ack 1 20.0 20.1 | put 2 a2 a3 parts:1 | ack 2 10.0 10.1 | read 10.0=a2 10.1=a3 20.0=a0 20.1=a1',
      said: [
        'key-reorder~service-write',
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'aggregate keeps order': {
      history:
        'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | put 2 a2 a3 parts:1 | ack 2 20.0 20.1 | read 10.0=a0 10.1=a1 20.0=a2 20.1=a3',
      said: [],
    },
  },
  'D: key-reorder, and the pairs that it speaks of': {
    clean: {
      history: 'a0>10 | a1>20 | read 10=a0 20=a1',
      said: [],
    },
    'P3 overlap swapped, overlapping pair': {
      history: 'put 1 a0 | put 2 a1 | ack 1 20 | ack 2 10 | read 10=a1 20=a0',
      said: ['key-reorder~producer'],
    },
    'overlap, m sent first (retry by the letter)': {
      history: 'put 1 a1 | put 2 a0 | ack 1 10 | ack 2 20 | read 10=a1 20=a0',
      said: ['key-reorder/sent-late~producer'],
    },
    'overlap of two calls, PutRecords': {
      history: 'put 1 a0 b0 | put 2 a1 b1 | ack 2 10 11 | ack 1 20 21 | read 10=a1 11=b1 20=a0 21=b0',
      said: ['key-reorder~producer', 'key-reorder~producer'],
    },
    'serial calls of PutRecords swapped': {
      history: 'put 1 a0 b0 | ack 1 20 21 | put 2 a1 b1 | ack 2 10 11 | read 10=a1 11=b1 20=a0 21=b0',
      said: [
        'key-reorder~service-write',
        'key-reorder~service-write',
        'nonmonotonic-send~service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    retry: {
      history: 'a0>fail | a1>10 | a0>20 | read 10=a1 20=a0',
      said: ['key-reorder/retry!producer'],
    },
    'retry after info, place acked': {
      history: 'a0>info | a1>10 | a0>20 | read 10=a1 20=a0',
      said: ['key-reorder/retry!producer'],
    },
    'retry overlapping m': {
      history: 'a0>fail | put 1 a1 | put 2 a0 | ack 1 10 | ack 2 20 | read 10=a1 20=a0',
      said: ['key-reorder/retry~producer'],
    },
    'retry sent before m, acked after (P3)': {
      history: 'a0>fail | put 2 a0 | put 1 a1 | ack 1 10 | ack 2 20 | read 10=a1 20=a0',
      said: ['key-reorder~producer'],
    },
    'batch partial retry': {
      history: 'put 1 a0 a1 | ack 1 !throttled 10 | a0>20 batch | read 10=a1 20=a0',
      said: ['key-reorder/retry~producer'],
    },
    'batch partial internal then retry': {
      history: 'put 1 a0 a1 | ack 1 !internal 10 | a0>20 batch | read 10=a1 20=a0',
      said: ['key-reorder/retry~producer'],
    },
    'sent out of order': {
      history: 'a1>10 | a0>20 | read 10=a1 20=a0',
      said: ['key-reorder/sent-late!producer'],
    },
    'resend after ok, first copy lost': {
      history: 'a0>10 | a1>20 | a0>30 | read 20=a1 30=a0',
      said: ['key-reorder!service-write'],
    },
    'resend after ok, both': {
      history: 'a0>10 | a1>20 | a0>30 | read 10=a0 20=a1 30=a0',
      said: ['duplicate/resend!producer'],
    },
    'missing is no reorder': {
      history: 'a0>10 | a1>fail | a2>20 | read 10=a0 20=a2',
      said: ['counter-gap/gave-up!producer'],
    },
    'missing record between, order of the others': {
      history: 'a0>10 | a1>info | a2>40 | a3>30 | read 10=a0 30=a3 40=a2',
      said: [
        'counter-gap/info~',
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'page out of order is no key-reorder': {
      history: 'a0>10 | a1>20 | read 20=a1 10=a0',
      said: ['int-nonmonotonic-poll!service-read'],
    },
    'consumption order over split, fine': {
      history: 'bare | topo split | reader final final | a0>1/700 | a1>1/800 | read 700=a0 800=a1 shard:1',
      said: [],
    },
    'm in parent, n in child': {
      history: 'topo split | a0>1/700 | a1>450 | read 450=a1 end | read 700=a0 shard:1 chain:2',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<write-to-closed',
        'write-to-closed!service-write',
      ],
    },
    grandchild: {
      history:
        'bare | topo again | reader final final | a0>3/1100 | a1>450 | read 450=a1 end | read 1100=a0 shard:3 chain:2',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write<write-to-closed',
        'write-to-closed!service-write',
      ],
    },
    'split clean, key crosses': {
      history: 'a0>10 | split | a1>1/700 | read 10=a0 end | read 700=a1 shard:1 chain:2',
      said: [],
    },
    'split, order broken inside the child': {
      history: 'a0>10 | split | a1>1/800 | a2>1/700 | read 10=a0 end | read 700=a2 800=a1 shard:1 chain:2',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'split, retry lands in child': {
      history: 'a0>10 | a1>fail | a2>20 | split | a1>1/700 | read 10=a0 20=a2 end | read 700=a1 shard:1 chain:2',
      said: ['key-reorder/retry!producer'],
    },
    'children are not compared': {
      history:
        'a0>10 | b0>20 | split | b1>2/900 | a1>1/700 | read 10=a0 20=b0 end | read 700=a1 shard:1 chain:2 | read 900=b1 shard:2 chain:3',
      said: [],
    },
    'final has not seen, live has': {
      history: 'reader live live | a0>20 | a1>10 | read 10=a1 20=a0 by:live | read 10=a1',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'earliest of two places': {
      history: 'a0>info | a0>30 | a1>20 | read 10=a0 20=a1 30=a0',
      said: [
        'duplicate/retry~producer',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'two producers interleaved': {
      history: 'a0>10 | a0>15 by:p2 | a1>20 | a1>25 by:p2 | read 10=a0 15=p2:a0 20=a1 25=p2:a1',
      said: [],
    },
    'three inversions': {
      history: 'a0>40 | a1>30 | a2>20 | a3>10 | read 10=a3 20=a2 30=a1 40=a0',
      said: [
        'key-reorder!service-write',
        'key-reorder!service-write',
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'nonmonotonic-send!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'realtime-append-order~service-write<nonmonotonic-send',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'two keys two findings': {
      history: 'a0>20 | a1>10 | b0>40 | b1>30 | read 10=a1 20=a0 30=b1 40=b0',
      said: [
        'key-reorder!service-write',
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'sub order': {
      history: 'put 1 a0 a1 parts:1 | ack 1 10.0 10.1 | read 10.0=a0 10.1=a1',
      said: [],
    },
    'one record a key': {
      history: 'a0>10 | b0>20 | read 10=a0 20=b0',
      said: ['?nonmonotonic-send', '?key-reorder'],
    },
    'final saw the copy, live the first': {
      history:
        'reader live live | a0>info | a0>30 | a1>info | a1>40 | read 10=a0 30=a0 40=a1 by:live | read 10=a0 30=a0 40=a1',
      said: ['duplicate/retry~producer'],
    },
  },
  'D: zombie-append': {
    'never resent: zombie': {
      history: 'a0>info | a1>10 | read 10=a1 20=a0',
      said: ['recovered.', 'zombie-append~service-write'],
    },
    'zombie although resent, original lands late': {
      history: 'a0>info | a1>10 | a0>30 | read 10=a1 20=a0 30=a0',
      said: ['duplicate/retry~producer<zombie-append', 'zombie-append~service-write'],
    },
    'zombie although resent, original earlier fine': {
      history: 'a0>info | a1>10 | a0>30 | read 5=a0 10=a1 30=a0',
      said: ['duplicate/retry~producer'],
    },
    'zombie duplicate behind': {
      history: 'a0>info | a0>10 | a1>20 | read 10=a0 20=a1 25=a0',
      said: ['duplicate/retry~producer<zombie-append', 'zombie-append~service-write'],
    },
    'dup not behind anything sent after ok': {
      history: 'a0>info | a0>10 | a1>20 | read 10=a0 15=a0 20=a1',
      said: ['duplicate/retry~producer'],
    },
    'dup before ok': {
      history: 'a0>info | a0>10 | a1>20 | read 5=a0 10=a0 20=a1',
      said: ['duplicate/retry~producer'],
    },
    'zombie behind other key': {
      history: 'a0>info | a0>10 | a1>15 | b0>20 | read 10=a0 15=a1 20=b0 25=a0',
      said: ['duplicate/retry~producer<zombie-append', 'zombie-append~service-write'],
    },
    'late behind only other key op': {
      history: 'a0>info | a0>10 | b0>20 | a1>30 | read 10=a0 20=b0 25=a0 30=a1',
      said: ['duplicate/retry~producer'],
    },
    'aborted inverted': {
      history: 'a0>fail | a1>10 | read 10=a1 20=a0',
      said: ['aborted-read!service-write', 'zombie-append~service-write'],
    },
    'what definitely failed does not land late': {
      history: 'a0>fail | a0>10 | a1>20 | read 20=a1 25=a0',
      said: ['ack-mismatch!service-write', 'key-reorder!service-write'],
    },
    'one of the attempts may have landed late': {
      history: 'a0>fail | a0>info | a0>10 | a1>20 | read 20=a1 25=a0',
      said: ['ack-mismatch!service-write', 'zombie-append~service-write'],
    },
    'split, zombie lands in child': {
      history: 'a0>10 | a1>info | a2>20 | split | a3>1/700 | read 10=a0 20=a2 end | read 700=a3 750=a1 shard:1 chain:2',
      said: ['recovered.', 'zombie-append~service-write'],
    },
    'resend that lands late is no zombie': {
      history: 'a0>10 | a1>20 | a0>info | read 10=a0 20=a1 30=a0',
      said: ['duplicate/resend!producer'],
    },
    'three attempts, info info ok': {
      history: 'a0>info | a0>info | a0>30 | a1>40 | read 10=a0 20=a0 30=a0 40=a1',
      said: ['duplicate/retry~producer'],
    },
  },
  'expectations of the scenario go over the defaults; only one at least as strict explains': {
    'expect forbid P4': {
      history: 'put 1 a0 a1 | ack 1 20 10 | read 10=a1 20=a0',
      head: { scenario: { expect: { forbid: ['key-reorder'] } } },
      said: ['int-nonmonotonic-send~service-write', 'key-reorder!producer'],
    },
    'expect allow P2': {
      history: 'a0>20 | a1>10 | read 10=a1 20=a0',
      head: { scenario: { expect: { allow: ['key-reorder'] } } },
      said: [
        'key-reorder~service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'expect forbid realtime, nonmonotonic-send allowed': {
      history: 'a0>20 batch | a1>10 batch | read 10=a1 20=a0',
      head: { scenario: { expect: { forbid: ['realtime-append-order'] } } },
      said: ['key-reorder~service-write', 'nonmonotonic-send~service-write', 'realtime-append-order!service-write'],
    },
    'expect find key-reorder, absent': {
      history: 'a0>10 | a1>20 | read 10=a0 20=a1',
      head: { scenario: { expect: { find: ['key-reorder'] } } },
      said: ['not-found key-reorder'],
    },
    'expect find key-reorder, explained': {
      history: 'put 1 a0 a1 | ack 1 20 10 | read 10=a1 20=a0',
      head: { scenario: { expect: { find: ['key-reorder'] } } },
      said: ['int-nonmonotonic-send~service-write', 'key-reorder+producer<int-nonmonotonic-send'],
    },
    'expect ignore order, one record': {
      history: 'a0>10 | b0>20 | read 10=a0 20=b0',
      head: { scenario: { expect: { ignore: ['key-reorder'] } } },
      said: ['?nonmonotonic-send'],
    },
    'forbid counter-gap: info too': {
      history: 'a0>10 | a1>info | a2>30 | read 10=a0 30=a2',
      head: { scenario: { expect: { forbid: ['counter-gap'] } } },
      said: ['counter-gap/info!'],
    },
    'allow counter-gap: gave-up too': {
      history: 'a0>10 | a1>fail | a2>30 | read 10=a0 30=a2',
      head: { scenario: { expect: { allow: ['counter-gap'] } } },
      said: ['counter-gap/gave-up~producer'],
    },
    'forbid unseen': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 20=a1',
      head: { scenario: { expect: { forbid: ['unseen'] } } },
      said: ['unseen!', '?lost-write'],
    },
    'forbid recovered': {
      history: 'a0>10 | a1>info | read 10=a0 20=a1',
      head: { scenario: { expect: { forbid: ['recovered'] } } },
      said: ['recovered!'],
    },
    'forbid zombie-append: explains its duplicate still': {
      history: 'a0>info | a0>10 | a1>20 | read 10=a0 20=a1 25=a0',
      head: { scenario: { expect: { forbid: ['zombie-append'] } } },
      said: ['duplicate/retry~producer<zombie-append', 'zombie-append!service-write'],
    },
    'forbid duplicate: an allowed zombie does not explain': {
      history: 'a0>info | a0>10 | a1>20 | read 10=a0 20=a1 25=a0',
      head: { scenario: { expect: { forbid: ['duplicate'] } } },
      said: ['duplicate/retry!producer', 'zombie-append~service-write'],
    },
    'allow lost-write: poll-skip is no longer explained': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2',
      head: { scenario: { expect: { allow: ['lost-write'] } } },
      said: ['lost-write/middle~service-write', 'poll-skip!service-read'],
    },
    'ignore nonmonotonic-send: realtime unexplained': {
      history: 'a0>20 | a1>10 | read 10=a1 20=a0',
      head: { scenario: { expect: { ignore: ['nonmonotonic-send'] } } },
      said: ['key-reorder!service-write', 'realtime-append-order~service-write'],
    },
    'expect forbid int-send-skip': {
      history: 'put 1 a0 a1 | put 2 b0 by:p2 | ack 1 10 30 | ack 2 20 | read 10=a0 20=p2:b0 30=a1',
      head: { scenario: { expect: { forbid: ['int-send-skip'] } } },
      said: ['int-send-skip!service-write'],
    },
    'strict: forbid key-reorder and int-nonmonotonic: explained': {
      history: 'put 1 a0 a1 | ack 1 20 10 | read 10=a1 20=a0',
      head: { scenario: { expect: { forbid: ['key-reorder', 'int-nonmonotonic-send'] } } },
      said: ['int-nonmonotonic-send!service-write', 'key-reorder!producer<int-nonmonotonic-send'],
    },
    'allow nonmonotonic-send in P2: realtime explained': {
      history: 'a0>20 | a1>10 | read 10=a1 20=a0',
      head: { scenario: { expect: { allow: ['nonmonotonic-send'] } } },
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send~service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
      ],
    },
    'allow snfo-broken: nonmonotonic-send stands': {
      history: 'a0>20 | a1>10 after:20 | read 10=a1 20=a0',
      head: { scenario: { expect: { allow: ['snfo-broken'] } } },
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        'snfo-broken~service-write',
      ],
    },
  },
  'unknown: no end, nothing acknowledged, nothing read': {
    'unseen without end': {
      history: 'a0>10 | a1>20 | cut',
      said: ['unseen.', 'unseen.', '?all'],
    },
    'lost proved without end': {
      history: 'a0>10 | a1>20 | a2>30 | read 10=a0 30=a2 | cut',
      said: ['lost-write/middle!service-write', 'poll-skip!service-read<lost-write', '?all'],
    },
    'nothing acknowledged': {
      history: 'a0>info | a1>info',
      said: ['?all'],
    },
    'only sentinels acknowledged': {
      history: 'put 9 z0 by:s sentinel | ack 9 30 | read 30=s:z0',
      said: ['?all'],
    },
    'interrupted, cut': {
      history: 'a0>20 | a1>10 | read 10=a1 20=a0 | cut',
      said: [
        'key-reorder!service-write',
        'nonmonotonic-send!service-write',
        'realtime-append-order~service-write<nonmonotonic-send',
        '?all',
      ],
    },
  },
};

import { pagedShards } from './control/paged-shards.ts';
import { refuseReshard } from './control/refuse-reshard.ts';
import { shuffledShards } from './control/shuffled-shards.ts';
import { slowReshard } from './control/slow-reshard.ts';
import { staleShards } from './control/stale-shards.ts';
import type { Fault } from './fault.ts';
import { autoDistribution } from './put/auto-distribution.ts';
import { cutResponse } from './put/cut-response.ts';
import { delay } from './put/delay.ts';
import { dropResponse } from './put/drop-response.ts';
import { failCall } from './put/fail-call.ts';
import { failRecord } from './put/fail-record.ts';
import { lateResponse } from './put/late-response.ts';
import { reset } from './put/reset.ts';
import { swap } from './put/swap.ts';
import { throttleShard } from './put/throttle-shard.ts';
import { dropRead } from './read/drop-read.ts';
import { emptyReads } from './read/empty-reads.ts';
import { endSubscription } from './read/end-subscription.ts';
import { expireIterator } from './read/expire-iterator.ts';
import { lag } from './read/lag.ts';
import { shortPages } from './read/short-pages.ts';
import { tenMibPause } from './read/ten-mib-pause.ts';
import { throttleReads } from './read/throttle-reads.ts';

/** What a client may legally meet. Adding one: a file and a line. */
export const legalFaults = {
  'fail-record': failRecord,
  'fail-call': failCall,
  'throttle-shard': throttleShard,
  'drop-response': dropResponse,
  'late-response': lateResponse,
  'cut-response': cutResponse,
  reset,
  delay,
  swap,
  'expire-iterator': expireIterator,
  'empty-reads': emptyReads,
  'short-pages': shortPages,
  'throttle-reads': throttleReads,
  lag,
  'drop-read': dropRead,
  'ten-mib-pause': tenMibPause,
  'end-subscription': endSubscription,
  'stale-shards': staleShards,
  'shuffled-shards': shuffledShards,
  'paged-shards': pagedShards,
  'slow-reshard': slowReshard,
  'refuse-reshard': refuseReshard,
  'auto-distribution': autoDistribution,
} as const satisfies Record<string, Fault>;

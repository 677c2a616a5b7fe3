import { holeInList } from './control/hole-in-list.ts';
import { lowChild } from './control/low-child.ts';
import { openParent } from './control/open-parent.ts';
import { orphanChild } from './control/orphan-child.ts';
import { overlapInList } from './control/overlap-in-list.ts';
import type { Fault } from './fault.ts';
import { ackClosed } from './put/ack-closed.ts';
import { corruptRecord } from './put/corrupt-record.ts';
import { duplicateRecord } from './put/duplicate-record.ts';
import { inventRecord } from './put/invent-record.ts';
import { loseRecord } from './put/lose-record.ts';
import { lowNumber } from './put/low-number.ts';
import { misalignResults } from './put/misalign-results.ts';
import { reorderRecord } from './put/reorder-record.ts';
import { storeRefused } from './put/store-refused.ts';
import { wrongKey } from './put/wrong-key.ts';
import { wrongPlace } from './put/wrong-place.ts';
import { wrongShard } from './put/wrong-shard.ts';
import { afterInclusive } from './read/after-inclusive.ts';
import { endShard } from './read/end-shard.ts';
import { falseTip } from './read/false-tip.ts';
import { pageBack } from './read/page-back.ts';
import { repeatRecord } from './read/repeat-record.ts';
import { skipRecord } from './read/skip-record.ts';
import { unsortedPage } from './read/unsorted-page.ts';

/** What AWS rules out, planted to test the judge and people's monitoring. Adding one: a file and a line. */
export const lies = {
  'lose-record': loseRecord,
  'duplicate-record': duplicateRecord,
  'reorder-record': reorderRecord,
  'store-refused': storeRefused,
  'wrong-place': wrongPlace,
  'low-number': lowNumber,
  'misalign-results': misalignResults,
  'corrupt-record': corruptRecord,
  'wrong-key': wrongKey,
  'invent-record': inventRecord,
  'wrong-shard': wrongShard,
  'ack-closed': ackClosed,
  'unsorted-page': unsortedPage,
  'page-back': pageBack,
  'repeat-record': repeatRecord,
  'skip-record': skipRecord,
  'after-inclusive': afterInclusive,
  'end-shard': endShard,
  'false-tip': falseTip,
  'hole-in-list': holeInList,
  'overlap-in-list': overlapInList,
  'open-parent': openParent,
  'orphan-child': orphanChild,
  'low-child': lowChild,
} as const satisfies Record<string, Fault>;

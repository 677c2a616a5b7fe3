import type { Claim } from '../../claim.ts';
import { aStreamHasAShard } from './a-stream-has-a-shard.ts';
import { entryKeyOf256Characters } from './entry-key-of-256-characters.ts';
import { entrySizeCountsTheKey } from './entry-size-counts-the-key.ts';
import { explicitHashKeyRange } from './explicit-hash-key-range.ts';
import { fiftyTags } from './fifty-tags.ts';
import { fiveHundredRecordsACall } from './five-hundred-records-a-call.ts';
import { getRecordsLimitRange } from './get-records-limit-range.ts';
import { largeRecords } from './large-records.ts';
import { maxRecordSizeRange } from './max-record-size-range.ts';
import { partitionKeyCountsCharacters } from './partition-key-counts-characters.ts';
import { partitionKeyOf256Characters } from './partition-key-of-256-characters.ts';
import { recordDataOfOneMib } from './record-data-of-one-mib.ts';
import { recordSizeCountsTheKey } from './record-size-counts-the-key.ts';
import { retentionGrowsOnlyByIncrease } from './retention-grows-only-by-increase.ts';
import { retentionHours } from './retention-hours.ts';
import { retentionHoursMinimum } from './retention-hours-minimum.ts';
import { streamNameOf128Characters } from './stream-name-of-128-characters.ts';
import { tagLengths } from './tag-lengths.ts';
import { tenMibACall } from './ten-mib-a-call.ts';
import { tenMibARead } from './ten-mib-a-read.ts';
import { tenShardUpdatesADay } from './ten-shard-updates-a-day.ts';
import { twentyConsumersAStream } from './twenty-consumers-a-stream.ts';

export const limitsClaims = {
  'a-stream-has-a-shard': aStreamHasAShard,
  'entry-key-of-256-characters': entryKeyOf256Characters,
  'entry-size-counts-the-key': entrySizeCountsTheKey,
  'explicit-hash-key-range': explicitHashKeyRange,
  'fifty-tags': fiftyTags,
  'five-hundred-records-a-call': fiveHundredRecordsACall,
  'get-records-limit-range': getRecordsLimitRange,
  'large-records': largeRecords,
  'max-record-size-range': maxRecordSizeRange,
  'partition-key-counts-characters': partitionKeyCountsCharacters,
  'partition-key-of-256-characters': partitionKeyOf256Characters,
  'record-data-of-one-mib': recordDataOfOneMib,
  'record-size-counts-the-key': recordSizeCountsTheKey,
  'retention-grows-only-by-increase': retentionGrowsOnlyByIncrease,
  'retention-hours': retentionHours,
  'retention-hours-minimum': retentionHoursMinimum,
  'stream-name-of-128-characters': streamNameOf128Characters,
  'tag-lengths': tagLengths,
  'ten-mib-a-call': tenMibACall,
  'ten-mib-a-read': tenMibARead,
  'ten-shard-updates-a-day': tenShardUpdatesADay,
  'twenty-consumers-a-stream': twentyConsumersAStream,
} as const satisfies Record<string, Claim>;

import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

export const dataIsUnchanged: Claim = {
  area: 'writes',
  wording:
    'The data in the blob is both opaque and immutable to Kinesis Data Streams, which does not inspect, interpret, or change the data in the blob in any way.',
  source: 'SDK Record',
  probe: async (probe) => {
    const stream = await probe.stream();
    const blobs = [Uint8Array.from({ length: 256 }, (_, n) => n), new Uint8Array([0]), Buffer.from('{"a":"\\u0000é"}')];
    for (const data of blobs) await stream.put({ key: 'k', data });
    const stored = await stream.stored(blobs.length);
    blobs.forEach((blob, n) => {
      const read = stored[n]?.data ?? new Uint8Array();
      must(Buffer.compare(blob, read) === 0, `${blob.length} bytes were put, ${read.length} other ones read`);
    });
    return 'all 256 byte values, a single zero byte and JSON came back as they were';
  },
};

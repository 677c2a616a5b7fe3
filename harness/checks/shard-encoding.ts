import type { Check, Found } from './check.ts';
import type { View } from './view/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, shardName } from './words.ts';

/**
 * E4: AWS's numbers (and kinesalite's) hold the index of their shard: as 47 hexadecimal digits, digits 39 to 46, behind a creation time and before a version
 * digit 2. Not documented by AWS; read in kinesalite's parser. Numbers of another form say nothing.
 */
export const shardEncoding: Check = {
  summary: 'a sequence number encodes another shard than the one it was given in',
  source: 'undocumented by AWS; the form as kinesalite and kinesis-mock parse it: allowed',
  example: 'a number that encodes shard 27 comes back from shard 8 (amazon-kinesis-client#391)',
  expect: 'allow',
  find: function* (view: View): Generator<Found> {
    for (let shard = 0; shard < view.positions.first.length; shard += 1) {
      const index = shardIndex(shardName(view, shard));
      if (index === undefined) continue;
      const first = view.positions.first.at(shard);
      for (let position = first; position < first + view.positions.size.at(shard); position += 1) {
        const encoded = encodedShard(view.positions.seq(position));
        if (encoded !== undefined && encoded !== index && hasPlausibleTimes(view.positions.seq(position)))
          yield found(view, position, encoded);
      }
    }
  },
};

const shardIndex = (name: string): number | undefined => {
  const digits = /^shardId-(\d{12})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** A stream has at most 10,000 open shards; numbers grow with each reshard. */
const shardsMax = 100_000;

/** The low 32 bits without a big integer: 10^32 is a multiple of 2^32, so only the last 32 digits count. They hold the index's low 28 bits and the version. */
const encodedShard = (seq: string): number | undefined => {
  if (seq.length !== 56 || (seq.charCodeAt(0) !== 52 && seq.charCodeAt(0) !== 53)) return undefined;
  let low = 0;
  // 10^4 is a multiple of 16: the last four digits tell the version, and most other numbers are out at once.
  for (let at = 52; at < 56; at += 1) low = low * 10 + seq.charCodeAt(at) - 48;
  if ((low & 15) !== 2) return undefined;
  low = 0;
  for (let at = 24; at < 56; at += 1) low = (Math.imul(low, 10) + seq.charCodeAt(at) - 48) | 0;
  const index = low >>> 4;
  return index < shardsMax ? index : undefined;
};

const earliest = 1_262_304_000;
const latest = 4_102_444_800;

/** The times that such a number holds (creation of the shard, digits 2 to 10; of the record, 30 to 38) lie between 2010 and 2100: no accident. */
const hasPlausibleTimes = (seq: string): boolean => {
  const hex = BigInt(seq).toString(16);
  if (hex.length !== 47 || !hex.startsWith('2')) return false;
  return [hex.slice(1, 10), hex.slice(29, 38)].every((digits) => {
    const seconds = Number.parseInt(digits, 16);
    return seconds > earliest && seconds < latest;
  });
};

const found = (view: View, position: number, encoded: number): Found => ({
  kind: null,
  blame: 'service-write',
  positions: [position],
  shards: [view.positions.shard.at(position)],
  tell: () => ({
    sentence: `${placeName(view, position)} encodes shard ${encoded}.`,
    evidence: { ...placeOf(view, position), encoded },
    witness: inOrder([...linesOfAck(view, position), ...lineOfRead(view, position)]),
  }),
});

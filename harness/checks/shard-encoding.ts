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
        if (encoded !== undefined && encoded !== index) yield found(view, position, encoded);
      }
    }
  },
};

const shardIndex = (name: string): number | undefined => {
  const digits = /^shardId-(\d{12})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const low36 = 2 ** 36;

/** The low 36 bits without a big integer: 10^36 is a multiple of 2^36, so only the last 36 digits count. */
const encodedShard = (seq: string): number | undefined => {
  if (seq.length !== 56 || (seq.charCodeAt(0) !== 52 && seq.charCodeAt(0) !== 53)) return undefined;
  let low = 0;
  for (let at = 20; at < 56; at += 1) low = (low * 10 + seq.charCodeAt(at) - 48) % low36;
  if (low % 16 !== 2) return undefined;
  const index = Math.floor(low / 16);
  return index < 2 ** 31 && hasPlausibleTime(seq) ? index : undefined;
};

const earliest = 1_262_304_000;
const latest = 4_102_444_800;
const plausible = new Map<string, boolean>();

/** The creation time (Unix seconds, digits 2 to 10) lies between 2010 and 2100. It fills the leading decimal digits, so one answer serves a whole shard. */
const hasPlausibleTime = (seq: string): boolean => {
  const prefix = seq.slice(0, 14);
  const known = plausible.get(prefix);
  if (known !== undefined) return known;
  const hex = BigInt(seq).toString(16);
  const seconds = Number.parseInt(hex.slice(1, 10), 16);
  const isPlausible = hex.length === 47 && hex.startsWith('2') && seconds > earliest && seconds < latest;
  if (plausible.size < 10_000) plausible.set(prefix, isPlausible);
  return isPlausible;
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

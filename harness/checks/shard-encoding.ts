import type { Check, Found } from './check.ts';
import type { View } from './view/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf } from './words.ts';

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
    const { encoded, shard } = view.positions;
    const indices = view.tables.shards.names.map(shardIndex);
    for (let at = 0; at < encoded.length; at += 1) {
      const position = encoded.at(at);
      const index = indices[shard.at(position)];
      const said = view.tables.sequences.low32(view.positions.number(position)) >>> 4;
      if (index !== undefined && said < shardsMax && said !== index && hasPlausibleTimes(view.positions.seq(position)))
        yield found(view, position, said);
    }
  },
};

const shardIndex = (name: string): number | undefined => {
  const digits = /^shardId-(\d{12})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** The low 32 bits hold the low 28 bits of the index, and the version. A stream has at most 10,000 open shards; numbers grow with each reshard. */
const shardsMax = 100_000;

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

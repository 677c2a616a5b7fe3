import type { Check, Found } from '../check.ts';
import { hasPlausibleTimes, isOfAnother, shardIndex } from '../index/encoding.ts';
import { isForeignAt, recordsAt, type View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf } from './phrases.ts';

/**
 * E4: AWS's numbers (and kinesalite's) hold the index of their shard: as 47 hexadecimal digits, digits 39 to 46,
 * behind a creation time and before a version digit 2. Not documented by AWS; read in kinesalite's parser. Numbers of
 * another form say nothing.
 */
export const shardEncoding: Check = {
  summary: 'a sequence number encodes another shard than the one that assigned it',
  source: 'undocumented by AWS; the form as kinesalite and kinesis-mock parse it: allowed',
  example: 'a number that encodes shard 27 comes back from shard 8 (amazon-kinesis-client#391)',
  expect: 'allow',
  streaming: 'settled',
  causes: [
    'The engine builds its numbers in another way than AWS does.',
    'The engine answered with a number of another shard (amazon-kinesis-client#391).',
  ],
  todo: ['Do not parse sequence numbers: their form is not documented.'],
  find: function* (view: View): Generator<Found> {
    const { encoded, shard } = view.positions;
    const indices = view.tables.shards.names.map(shardIndex);
    for (let at = 0; at < encoded.length; at += 1) {
      const position = encoded.at(at);
      const index = indices[shard.at(position)];
      const said = view.tables.sequences.low32(view.positions.number(position)) >>> 4;
      if (isOfAnother(said, index) && hasPlausibleTimes(view.positions.seq(position)) && !isForeignAt(view, position))
        yield found(view, position, said);
    }
  },
};

const found = (view: View, position: number, encoded: number): Found => ({
  kind: null,
  blame: 'service-write',
  records: recordsAt(view, position),
  positions: [position],
  shards: [view.positions.shard.at(position)],
  tell: () => ({
    sentence: `${placeName(view, position)} encodes shard ${encoded}.`,
    evidence: { ...placeOf(view, position), encoded },
    witness: inOrder([...linesOfAck(view, position), ...lineOfRead(view, position)]),
  }),
});

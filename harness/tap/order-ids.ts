import { FirstSending, type Known } from './first-sending.ts';
import { NumberTable } from './number-table.ts';
import { contentOf } from './put-call.ts';
import { ownId, placeText, type RecordId, type RecordIds } from './record-ids.ts';

/**
 * Identities for payloads without a counter: n is the order of first sending. Reads are matched by their place, then by
 * key and bytes among attempts of unknown outcome.
 */
export const orderIds = (ownRun: string | undefined): RecordIds => {
  const sending = new FirstSending();
  const places = new NumberTable();
  const producers: string[] = [];
  const bind = (place: string, { producer, n }: Known): void => {
    const index = producers.indexOf(producer);
    places.set(place, (index < 0 ? producers.push(producer) - 1 : index) * nMax + n);
  };
  return {
    send: (producer, records, earlier) => {
      const own = records.map((record) => ownId(record, ownRun));
      const isMixed = own.some((id) => id !== undefined);
      const foreign = isMixed ? records.filter((_, index) => own[index] === undefined) : records;
      const known = sending.send(producer, foreign, earlier);
      return {
        ids: isMixed ? merge(own, known) : known.map(idOf),
        known,
        answered: (outcomes, all) => {
          sending.answered(known, isMixed ? ofForeign(outcomes, own) : outcomes);
          const placed = isMixed ? ofForeign(all, own) : all;
          for (let index = 0; index < known.length; index += 1) {
            const place = placed[index];
            if (place !== undefined) bind(placeText(place), known[index] as Known);
          }
        },
      };
    },
    read: (record) => {
      const own = ownId(record, ownRun);
      if (own !== undefined) return own;
      const place = placeText(record);
      const packed = places.get(place);
      if (packed !== undefined) return unpacked(packed, producers);
      const content = contentOf(record);
      if (sending.isUnderWay(content)) return 'wait';
      const known = sending.takeUnknown(content);
      if (known === undefined) return {};
      bind(place, known);
      return { producer: known.producer, n: known.n };
    },
    notes: () => [],
  };
};

/**
 * The limit of n, which no recording reaches. A place stores its producer's index and n in one number below 2^53. That
 * leaves room for 131,071 producers, and each of them has a port of its own, of which a machine has fewer than 65,536.
 */
const nMax = 2 ** 36;

const unpacked = (packed: number, producers: readonly string[]): RecordId => ({
  producer: producers[Math.floor(packed / nMax)] as string,
  n: packed % nMax,
});

const idOf = ({ producer, n }: Known): RecordId => ({ producer, n });

const merge = (own: readonly (RecordId | undefined)[], known: readonly Known[]): readonly RecordId[] => {
  const rest = known.values();
  return own.map((id) => {
    if (id !== undefined) return id;
    return idOf(rest.next().value as Known);
  });
};

const ofForeign = <T>(values: readonly T[], own: readonly (RecordId | undefined)[]): readonly T[] =>
  values.filter((_, index) => own[index] === undefined);

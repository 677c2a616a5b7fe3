import type { Check, Found } from '../check.ts';
import { clockSkewOf } from '../index/clocks.ts';
import { isOfSubject } from '../index/items.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { putLine, readLine, readsOf, type View } from '../index/view.ts';
import { atLine, inOrder, placeName, placeOf, recordName } from './phrases.ts';

/** A8: a page that delivers a record was answered before that record was first sent. */
export const readFromTheFuture: Check = {
  summary: 'a record is read before it is first sent',
  source: 'cause before effect: both ends are told by one clock of one history',
  example: 'the page with #3 is answered on line 8, #3 is first put on line 9',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The clocks of two recorders differ: puts and reads come from two machines.',
    'The put was written down after it had been sent.',
  ],
  todo: [
    'Record both ends with one clock, or set tolerances.clockSkewMs.',
    'Write a put down before the call is sent.',
  ],
  notApplicable: (view) => (view.hasPuts ? voidByImport(view) : 'puts were not recorded'),
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    const said = new Set<number>();
    for (const found of earlyIn(view)) {
      for (const record of found.records ?? []) said.add(record);
      yield found;
    }
    // Clocks are not a promise of the service, so what a consumer under test reports counts here, too.
    if (view.whole !== view) yield* earlyIn(view.whole, said);
  },
};

/**
 * `without`: records that were reported already. If it is given, only deliveries to consumers under test count, and
 * places are not those of the service.
 */
function* earlyIn(view: View, without?: ReadonlySet<number>): Generator<Found> {
  const skew = clockSkewOf(view.tables.head);
  for (let record = 0; record < view.tables.records.count; record += 1) {
    const first = view.attemptHead.at(record);
    const head = view.recordReadHead.at(record);
    if (head < 0 || first < 0 || without?.has(record) === true || readLine(view, head) > putLine(view, first)) continue;
    const sentT = view.tables.opT.at(view.tables.entryOp.at(first));
    const early = [...readsOf(view, record)].find(
      (read) =>
        view.tables.pageT.at(view.tables.readPage.at(read)) + skew < sentT &&
        (without === undefined || isOfSubject(view, read)),
    );
    if (early === undefined) continue;
    const position = view.positions.ofRead[early] ?? -1;
    yield {
      kind: null,
      blame: without === undefined ? 'harness' : 'consumer',
      records: [record],
      ...(without === undefined ? { positions: [position] } : {}),
      flow: view.tables.records.flow.at(record),
      shards: [view.positions.shard.at(position)],
      tell: () => ({
        sentence: `${recordName(view, record)} was delivered at ${placeName(view, position)} on ${atLine(readLine(view, early))}; however it was first sent on ${atLine(putLine(view, first))}, later.`,
        evidence: placeOf(view, position),
        witness: inOrder([readLine(view, early), putLine(view, first)]),
      }),
    };
  }
}

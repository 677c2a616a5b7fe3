import { oncePer } from '../../lib/once-per.ts';
import { keyPlacesOf, partitionKeyAt } from './key-places.ts';
import type { WideKeys } from './totals.ts';
import { recordsAt, type View } from './view.ts';

/** Keys with records in several shards; of a flow that spans keys, the flow too: a reshard may break its order. */
export const wideKeysOf = oncePer((view: View): readonly WideKeys[] => {
  const { wide, ofKey, shard } = keyPlacesOf(view);
  const { totals, tables } = view;
  const counted = new Set([...totals.partial.keys()].map((flow) => tables.records.flowKey.at(flow)));
  const own = wide
    .filter((key) => !counted.has(key))
    .map((key) => ({ shards: new Set(ofKey(key).map((row) => shard.at(row))), keys: 1 }));
  return [...totals.wide, ...own, ...wideFlowsOf(view)];
});

/** Flows that span keys and lie in several shards. */
const wideFlowsOf = (view: View): readonly WideKeys[] => {
  const { tables, positions } = view;
  if (tables.namedFlows.size === 0) return [];
  const spans = new Map<number, { readonly shards: Set<number>; readonly keys: Set<number> }>();
  for (let place = 0; place < positions.count; place += 1) {
    for (const record of recordsAt(view, place)) {
      const flow = tables.records.flow.at(record);
      if (!tables.namedFlows.has(flow)) continue;
      const span = spans.get(flow) ?? { shards: new Set(), keys: new Set() };
      spans.set(flow, span);
      span.shards.add(positions.shard.at(place));
      span.keys.add(partitionKeyAt(view, place, record));
    }
  }
  return [...spans.values()]
    .filter(({ shards, keys }) => shards.size > 1 && keys.size > 1)
    .map(({ shards }) => ({ shards, keys: 1 }));
};

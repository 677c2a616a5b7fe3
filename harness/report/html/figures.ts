import type { HistoryVerdict } from '../../model/verdict.ts';
import { countOf, numberOf, shardName, timeOf } from '../naming.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import type { Figure } from './data.ts';

const percent = (share: number): string => (share > 0 && share < 0.01 ? 'below 1 %' : `${Math.round(share * 100)} %`);
const rate = (value: number): string => `${Number((value * 100).toPrecision(2))} %`;

/** The counts, how much the run could have shown, and what AWS would have throttled. */
export const figuresOf = (
  { counts, power, headroom }: HistoryVerdict,
  fold: TraceFold | undefined,
): readonly Figure[] => {
  const { acked, read, unseen, failed, info, foreign } = counts;
  const rest = [
    ...(failed > 0 ? [`${numberOf(failed)} definitely failed`] : []),
    ...(info > 0 ? [`${numberOf(info)} of unknown outcome`] : []),
  ];
  const sent =
    fold === undefined ? [] : [`${numberOf(fold.activity.records)} sent, in ${countOf(fold.activity.calls, 'call')}`];
  const figures: Figure[] = [
    figure('Acknowledged', numberOf(acked), [...sent, ...rest].join('; ')),
    figure(
      'Read',
      numberOf(read),
      [
        unseen === 0 ? 'none unseen' : `${numberOf(unseen)} unseen`,
        ...(foreign > 0 ? [`${numberOf(foreign)} of other writers`] : []),
      ].join('; '),
    ),
  ];
  const { orderedPairs, keysAcrossReshard = 0, inFlight, reorderRate95, lossRate95 } = power;
  if (orderedPairs !== undefined) {
    const across =
      keysAcrossReshard === 0 ? 'no key across a reshard' : `${countOf(keysAcrossReshard, 'key')} across a reshard`;
    figures.push(figure('Ordered pairs', numberOf(orderedPairs), `neighbours in a key; ${across}`));
  }
  if (inFlight !== undefined)
    figures.push(
      figure('In flight at most', numberOf(inFlight), inFlight === 1 ? 'call at a time' : 'calls at the same time'),
    );
  if (reorderRate95 !== undefined)
    figures.push(figure('Would show a reorder of', rate(reorderRate95), 'or more, with 95 % certainty'));
  if (lossRate95 !== undefined)
    figures.push(figure('Would show a loss of', rate(lossRate95), 'or more, with 95 % certainty'));
  const latency = fold?.activity.overall();
  if (latency?.[0] != null)
    figures.push(
      figure(
        'Answer took',
        timeOf(latency[0]),
        `in the middle; 95 % within ${timeOf(latency[1] ?? 0)}, at most ${timeOf(latency[2] ?? 0)}`,
      ),
    );
  if (headroom === undefined) return figures;
  const [busiest] = headroom.shards;
  const [hottest] = headroom.hottestKeys;
  if (busiest !== undefined) {
    const share = Math.max(busiest.records.share, busiest.bytes.share);
    const throttled =
      headroom.throttledCalls === 0
        ? `AWS would have throttled none of ${countOf(headroom.calls, 'call')}`
        : `AWS would have throttled ${numberOf(headroom.throttledCalls)} of ${countOf(headroom.calls, 'call')}`;
    figures.push({
      name: 'Busiest shard',
      value: percent(share),
      detail: `${numberOf(busiest.records.used)} of ${numberOf(headroom.limits.recordsPerSecond)} records/s, ${shardName(busiest.shard)}; ${throttled}`,
      share: Math.min(1, share),
    });
  }
  if (hottest !== undefined) {
    const share = Math.max(hottest.recordsShare, hottest.bytesShare);
    figures.push({
      name: 'Hottest key',
      value: percent(share),
      detail: `${hottest.key}, ${countOf(hottest.records, 'record')}`,
      share,
    });
  }
  return figures;
};

const figure = (name: string, value: string, detail: string): Figure => ({ name, value, detail, share: null });

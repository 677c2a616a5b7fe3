import type { LaneRecord } from './lane.ts';
import { isReportTrack, type Link, type Mark, type TrackKind } from './picture.ts';
import type { Placed } from './sequences.ts';

export type Drawn = { readonly placed: Placed; readonly mark: Mark };
export type DrawnTrack = {
  readonly kind: TrackKind;
  readonly marks: readonly Drawn[];
};
export type FaultOf = (entry: number) => { readonly name: string; readonly line: number } | null;

/**
 * Links each track to the one below it: sent and acknowledged marks of one attempt, then marks of one place. Tracks of
 * reports have no links to tracks below them.
 */
export const linksOf = (
  tracks: readonly DrawnTrack[],
  records: readonly LaneRecord[],
  isNamed: (record: number) => boolean,
  faultOf: FaultOf,
): readonly Link[] => {
  const links: Link[] = [];
  for (const [above, track] of tracks.entries()) {
    const next = tracks[above + 1];
    if (next === undefined || isReportTrack(track.kind)) continue;
    for (const [from, { placed, mark }] of track.marks.entries())
      for (const [to, other] of next.marks.entries()) {
        if (!isSame(track.kind, placed, next.kind, other.placed, records)) continue;
        const isMoved = mark.column !== other.mark.column;
        const isLost = other.mark.form === 'refused' || other.mark.form === 'unknown';
        if (isLost && !isMoved && !isNamed(mark.record)) continue;
        const kind = isLost ? 'refused' : isMoved ? 'moved' : isNamed(mark.record) ? 'named' : 'straight';
        const fault = track.kind === 'sent' ? faultOf(other.placed.at) : null;
        links.push({ record: mark.record, from: [above, from], to: [above + 1, to], kind, fault });
      }
  }
  return links;
};

type Kind = DrawnTrack['kind'];

const isSame = (above: Kind, one: Placed, below: Kind, other: Placed, records: readonly LaneRecord[]): boolean => {
  if (one.record !== other.record || one.form === 'missing' || other.form === 'missing') return false;
  if (above === 'sent') {
    if (below === 'acknowledged') return one.at === other.at;
    // Without an acknowledged track, the first sending is linked to the place.
    return one.form === 'sent';
  }
  if (above === 'acknowledged' && below === 'stored' && one.form !== 'acknowledged') {
    if (one.form === 'refused') return false;
    const { attempts } = records[one.record] ?? { attempts: [] };
    return !attempts.some(({ place }) => place === other.at);
  }
  return placeOf(one) === placeOf(other);
};

/** The index of a mark's place, from the name of its item. Undefined if the item has none. */
const placeOf = ({ item }: Placed): string | undefined => /^(?:p|d\d+ |s-\S+ )(\d+)/.exec(item.name)?.[1];

/** Vertical links are drawn only if another one crosses them, or if their record is named. */
export const worthDrawing = (
  links: readonly Link[],
  columnOf: (end: readonly [number, number]) => number,
): readonly Link[] => {
  const spans = links
    .filter(({ kind }) => kind === 'moved')
    .map(({ from, to }) => ({
      from: from[0],
      low: Math.min(columnOf(from), columnOf(to)),
      high: Math.max(columnOf(from), columnOf(to)),
    }));
  return links.filter(({ kind, from }) => {
    if (kind !== 'straight') return true;
    const column = columnOf(from);
    return spans.some((span) => span.from === from[0] && column >= span.low && column <= span.high);
  });
};

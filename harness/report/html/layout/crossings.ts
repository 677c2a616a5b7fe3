export type Segment = {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly record: number;
  readonly isMoved: boolean;
  /** The gap between two tracks that the segment crosses. Only segments of the same gap can cross each other. */
  readonly gap: number;
};

export type Crossing = { readonly x: number; readonly y: number; readonly record: number; readonly gap: number };

/** The points where lines of one gap cross. Each crossing is a pair of records that change places. */
export const crossings = (segments: readonly Segment[]): readonly Crossing[] => {
  const found: Crossing[] = [];
  for (const [index, a] of segments.entries())
    for (const b of segments.slice(index + 1)) {
      if (a.gap !== b.gap || a.record === b.record || (!a.isMoved && !b.isMoved)) continue;
      const point = meeting(a, b);
      if (point !== undefined) found.push({ ...point, record: a.isMoved ? a.record : b.record, gap: a.gap });
    }
  return found;
};

const meeting = (a: Segment, b: Segment): { readonly x: number; readonly y: number } | undefined => {
  const [ax, ay, bx, by] = [a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1];
  const turn = ax * by - ay * bx;
  if (Math.abs(turn) < 1e-9) return undefined;
  const s = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / turn;
  const u = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / turn;
  return s > 0.001 && s < 0.999 && u > 0.001 && u < 0.999 ? { x: a.x1 + s * ax, y: a.y1 + s * ay } : undefined;
};

import type { LaneRecord } from '../../story/lane.ts';
import type { Trace } from '../../trace/trace.ts';

/** State of the page that is not in its address: what the pointer is on, and what was unpacked. */
export type Session = {
  /** The lit `ref`, by picture. */
  readonly lit: Map<string, string>;
  /** The unpacked records, by history. */
  readonly traces: Map<string, Trace>;
  /** Histories whose unpacking has begun. */
  readonly asked: Set<string>;
  /** Why records could not be unpacked, by history. */
  readonly broken: Map<string, string>;
  /** Lanes, by history and flow. */
  readonly lanes: Map<string, readonly LaneRecord[]>;
  /** The stop of the map that the keyboard is on (-1: none), and the time range that is being selected. */
  cursor: number;
  brush: readonly [number, number] | undefined;
};

export const newSession = (): Session => ({
  lit: new Map(),
  traces: new Map(),
  asked: new Set(),
  broken: new Map(),
  lanes: new Map(),
  cursor: -1,
  brush: undefined,
});

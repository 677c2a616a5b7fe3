import type { LaneRecord } from '../../story/lane.ts';
import type { Trace } from '../../trace/trace.ts';

/** What the page remembers and no address holds: what the pointer is on, and what was unpacked. */
export type Session = {
  /** By picture: the `ref` that is lit. */
  readonly lit: Map<string, string>;
  /** By history: its records, once they are there. */
  readonly traces: Map<string, Trace>;
  /** Histories whose records are being unpacked, or are. */
  readonly asked: Set<string>;
  /** By history: why its records could not be unpacked. */
  readonly broken: Map<string, string>;
  /** By history and flow. */
  readonly lanes: Map<string, readonly LaneRecord[]>;
  /** Of the map: the thing that the keyboard stands on, and the stretch that is being drawn. */
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

import type { KeptApart } from './calls-apart.ts';
import type { Flows } from './flows.ts';
import type { Numbers } from './numbers.ts';
import type { OpenCalls } from './open-calls.ts';
import type { ShardFront } from './shard-front.ts';
import type { Spill } from './spills.ts';
import type { StreamingSubjects } from './subjects.ts';

/** What was sent, and by which flows; and where to spill what is not proved. */
export type Sent = {
  readonly flows: Flows;
  readonly calls: OpenCalls;
  readonly spill: Spill;
  readonly tables: { readonly inFlightMax: number; readonly lastT: number };
  readonly apart: KeptApart;
  readonly subjects: StreamingSubjects;
  readonly markers: ReadonlySet<number>;
  readonly noteUnacked: (shard: ShardFront, limbs: Int32Array, from: number) => void;
  readonly numbers: Numbers;
  readonly shard: (id: number) => ShardFront;
};

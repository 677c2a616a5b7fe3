import type { Area } from './answer.ts';
import type { Probe } from './probe.ts';

/**
 * A sentence of AWS about Kinesis, and the probe that tests it on an engine. One file a claim, one line in the
 * registry of its area; the name in that line is the claim's id. `wording` is AWS's own, shortened (`…`); `source`
 * says where it is: `SDK …` is the doc comment in `@aws-sdk/client-kinesis`, `DG22` the developer guide as last
 * published on GitHub, `API` the API reference.
 */
export type Claim = {
  readonly area: Area;
  readonly wording: string;
  readonly source: string;
  /** Resolves with what it saw if the engine conforms; every other answer is thrown by a function of `outcome.ts`. */
  readonly probe: (probe: Probe) => Promise<string>;
  /** Milliseconds beyond the usual deadline, for a claim that has to wait or to write a lot. */
  readonly extraMs?: number;
  /** Moves mebibytes: such claims run one after the other, so that they do not make each other late. */
  readonly isHeavy?: boolean;
};

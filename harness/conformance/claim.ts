import type { Area } from './answer.ts';
import type { Probe } from './probe.ts';

/**
 * One thing that AWS says of Kinesis, and the probe that asks an engine whether it is so. One file a claim, one line
 * in the registry of its area; the line's name is the claim's id. `wording` is AWS's own, cut short (`…`); `source`
 * says where it stands: `SDK …` is the doc comment in `@aws-sdk/client-kinesis`, `DG22` the developer guide as last
 * published on GitHub, `API` the API reference.
 */
export type Claim = {
  readonly area: Area;
  readonly wording: string;
  readonly source: string;
  /**
   * Resolves with what was seen where the engine conforms; says everything else by throwing a word of `outcome.ts`.
   */
  readonly probe: (probe: Probe) => Promise<string>;
  /** Milliseconds beyond the usual deadline, for a claim that has to wait or to write a lot. */
  readonly extraMs?: number;
  /** Moves mebibytes: asked one after the other, so that heavy claims do not starve each other of their deadlines. */
  readonly isHeavy?: boolean;
};

import type { Area } from './answer.ts';
import type { Probe } from './probe.ts';

/**
 * A sentence of AWS about Kinesis, and the probe that tests it on an engine. Each claim has a file, and an entry in
 * the registry of its area; the name of that entry is the claim's id. `wording` is AWS's own, shortened (`…`);
 * `source` says where it is: `SDK …` is the doc comment in `@aws-sdk/client-kinesis`, `DG22` the developer guide as
 * last published on GitHub, `API` the API reference.
 */
export type Claim = {
  readonly area: Area;
  readonly wording: string;
  readonly source: string;
  /** Resolves with what it saw if the engine conforms. Functions of `outcome.ts` throw all other answers. */
  readonly probe: (probe: Probe) => Promise<string>;
  /** Milliseconds added to the usual deadline, for a claim that must wait or write a lot. */
  readonly extraMs?: number;
  /** True if it moves mebibytes. Such claims run one after the other, so that they do not delay each other. */
  readonly isHeavy?: boolean;
};

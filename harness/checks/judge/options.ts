import type { AnomalyId } from '../../model/anomaly.ts';

export type JudgeOptions = {
  /** Only these claims; the others are not applicable. */
  readonly only?: readonly AnomalyId[];
  readonly skip?: readonly AnomalyId[];
  /** Known deviations of the target are forbidden again. */
  readonly strict?: boolean;
};

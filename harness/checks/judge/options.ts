import type { AnomalyId } from '../../model/anomaly.ts';
import type { Because, Question } from '../../model/expectations.ts';

/** What is forbidden, allowed, to be found, only reported or ignored, whatever the defaults say. */
export type ExpectLists = Readonly<
  Partial<Record<'forbid' | 'allow' | 'find' | 'report' | 'ignore', readonly AnomalyId[]>>
>;

export type JudgeOptions = {
  /** Only these claims; the others are not applicable. */
  readonly only?: readonly AnomalyId[];
  readonly skip?: readonly AnomalyId[];
  /** Known deviations of the target are forbidden again. */
  readonly strict?: boolean;
  /** Overrides the question of the head, and with it the defaults. */
  readonly question?: Question;
  /** Overrides the scenario's expectations. */
  readonly expect?: ExpectLists;
  /** Who allows an anomaly that `expect` allows: the ticket of a baseline. */
  readonly because?: Because;
};

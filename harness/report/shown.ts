import { boundedIn, boundedList } from '../lib/bounded.ts';
import { visibleIn, visibleLines } from '../lib/visible.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import type { Reported, RunInfo } from './reporter.ts';

const textMax = 4000;
const notesMax = 50;

const known = new WeakMap<Reported, Reported>();

/**
 * A report for people: control characters in users' texts are made visible, on one line. Only texts with lines of our
 * own (why a run failed, notes) keep those lines. The JSON report has the original texts.
 */
export const shown = (one: Reported): Reported => {
  const before = known.get(one);
  if (before !== undefined) return before;
  const made: Reported = {
    history: spoken(visibleIn(boundedIn(one.history, textMax))),
    run: runOf(boundedIn(one.run, textMax)),
  };
  known.set(one, made);
  // Idempotent, because a reporter may pass the value on.
  known.set(made, made);
  return made;
};

/** Names the flag beside the field that forbids a finding again, because the command line has no `expect`. */
const spoken = (history: HistoryVerdict | undefined): HistoryVerdict | undefined =>
  history === undefined
    ? undefined
    : {
        ...history,
        aloud: history.aloud.map((text) =>
          text.replace(/^([a-z-]+)(.*: forbid with) expect\.forbid$/, '$1$2 --forbid $1 (expect.forbid)'),
        ),
      };

export const allShown = (reported: readonly Reported[]): readonly Reported[] => reported.map(shown);

const runOf = (run: RunInfo): RunInfo => {
  const { notes, error, unjudged } = run;
  return {
    ...visibleIn(run),
    ...(notes === undefined ? {} : { notes: boundedList(notes, notesMax).map(visibleLines) }),
    ...(error === undefined ? {} : { error: visibleLines(error) }),
    ...(unjudged === undefined ? {} : { unjudged: visibleLines(unjudged) }),
  };
};

import type { AnomalyId } from '../model/anomaly.ts';
import type { Head } from '../model/event.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/** By anomaly: who allows it, where that is not the command line itself. A baseline, with its ticket and last day. */
export type Because = Readonly<Partial<Record<AnomalyId, string>>>;

/** Whoever wrote the head of the history says what stands in it: often that is no scenario. */
const writers: Readonly<Partial<Record<NonNullable<Head['recorder']>, string>>> = {
  import: 'the import',
  proxy: 'the recording',
  middleware: 'the recording',
};

/** The verdict, in which every expectation is said to come from where it comes from. */
export const withWhose = (verdict: HistoryVerdict, head: Head | undefined, because: Because = {}): HistoryVerdict => {
  const writer = writers[head?.recorder ?? 'harness'];
  if (writer === undefined && Object.keys(because).length === 0) return verdict;
  const named = (text: string, id: string): string => {
    const who = because[id as AnomalyId];
    const said = writer === undefined ? text : text.replace(ofScenario, `$1${writer}`);
    return who === undefined ? said : said.replace(ofCommandLine, `$1${who} says allow`);
  };
  return {
    ...verdict,
    claims: verdict.claims.map((claim) => ({ ...claim, why: named(claim.why, claim.anomaly) })),
    aloud: verdict.aloud.map((text) => named(text, idIn(text))),
  };
};

/** The judge's own words about whose expectation it is: a whole clause, or behind `because` and before its end. */
const ofScenario = /^(|ignored by |.* allowed, because )the scenario(?=$| says \w+(?:$|: ))/;
const ofCommandLine = /^(|.* allowed, because )the command line says allow(?=$|: )/;

const idIn = (text: string): string => /^[a-z-]+/.exec(text)?.[0] ?? '';

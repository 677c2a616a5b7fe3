import { visible } from '../lib/visible.ts';
import { isViolation } from '../model/verdict.ts';
import { formatFragment } from './html/fragment.ts';
import type { Reported } from './reporter.ts';

/**
 * The address of a scenario in the HTML report: its path, and the first finding that breaks a promise. Undefined if
 * no report is written.
 */
export const addressOf = ({ history, run: { report, scenario, isRepeated } }: Reported): string | undefined => {
  if (report === undefined || history === undefined) return undefined;
  const first = history.findings.find(isViolation);
  return `${report}${formatFragment({
    ...(isRepeated === true ? { run: history.run } : {}),
    scenario: visible(scenario),
    // The page lists forbidden findings first, so this is the first finding of its claim there.
    ...(first === undefined ? {} : { claim: first.anomaly }),
  })}`;
};

import type { AnomalyId } from '../../model/anomaly.ts';
import { allowedIn } from '../../model/claim-source.ts';
import { type Claim, type Finding, type HistoryVerdict, isViolation } from '../../model/verdict.ts';
import { countsWords, forbiddenIn } from '../claim-counts.ts';
import { nearSentence } from '../power-words.ts';
import { witnessOf } from '../witness-words.ts';
import { hang } from './hang.ts';
import { type Colors, colorsOf, type TerminalStyle } from './style.ts';

/** The witness of a claim's first finding as lines of text. */
export type Drawings = ReadonlyMap<AnomalyId, readonly string[]>;

const findingsMax = 3;

/**
 * The lines of a violated claim: what was found, the drawing, what was promised, and where the smallest history is.
 */
export const violationLines = (
  claim: Claim,
  history: HistoryVerdict,
  drawings: Drawings,
  style: TerminalStyle,
): readonly string[] => {
  const { width } = style;
  const colors = colorsOf(style);
  const mine = history.findings.filter((finding) => finding.anomaly === claim.anomaly && isViolation(finding));
  const more = forbiddenIn(claim, history) - Math.min(mine.length, findingsMax);
  const drawn = drawings.get(claim.anomaly) ?? [];
  const witness = witnessOf(history, claim.anomaly);
  return [
    ...hang('    ', `${colors.red(claim.anomaly)}  ${claim.why}${countsWords(claim, history)}`, width),
    ...mine.slice(0, findingsMax).flatMap((finding) => hang('      ', findingText(finding, colors), width)),
    ...(mine.length > 0 && more > 0 ? [colors.dim(`      and ${more} more`)] : []),
    ...(drawn.length === 0 ? [] : ['', ...drawn.map((line) => (line === '' ? '' : `      ${line}`)), '']),
    ...(isOnlyAsked(claim, history) ? [] : hang('      ', colors.dim(sourceWords(claim)), width)),
    ...(witness === undefined ? [] : hang('      ', witness, width)),
  ];
};

/** Without puts nobody knows how the records were written, so that AWS may have promised nothing. */
const isOnlyAsked = ({ why }: Claim, { counts }: HistoryVerdict): boolean =>
  counts.acked + counts.info + counts.failed === 0 && why.endsWith('(pipeline)');

/** Names the promise. What AWS allows can still be forbidden: by the scenario, or by the question `pipeline`. */
const sourceWords = ({ source }: Claim): string => {
  const allowed = allowedIn(source);
  return allowed === undefined ? `promised: ${source}` : `allowed by AWS, not here: ${allowed}`;
};

const findingText = (finding: Finding, colors: Colors): string => {
  const { sentence, blame, kind, witness } = finding;
  const near = nearSentence(finding);
  const who = [kind, blame === null ? undefined : `blame: ${blame}`]
    .filter((part) => part !== undefined && part !== null)
    .join(', ');
  const where = `${witness.length === 1 ? 'line' : 'lines'} ${witness.join(', ')}${near === undefined ? '' : `; ${near}`}`;
  return `${sentence}${colors.dim(`${who === '' ? '' : ` (${who})`} ${where}`)}`;
};

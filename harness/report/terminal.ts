import { toneOf } from './headline.ts';
import type { Reported, Reporter } from './reporter.ts';
import { allShown } from './shown.ts';
import { summaryMark, summaryOf } from './summary.ts';
import { columnsOf } from './terminal/columns.ts';
import { hang } from './terminal/hang.ts';
import { renderNotable } from './terminal/notable.ts';
import { renderOne } from './terminal/render-one.ts';
import { colorsOf, inTone, inTones, signs, type TerminalStyle } from './terminal/style.ts';

/** For people: one line for a scenario that holds, and an explanation of each one that does not. */
export const terminal: Reporter = {
  summary: 'for people: was the order kept, were promises broken, and the sentence that proves it',
  fileName: 'report.txt',
  render: (_, given, { color, detail }) => {
    const reported = allShown(given);
    const style = {
      color,
      ...(detail === undefined ? {} : { detail }),
      ...columnsOf(reported.map(({ run }) => run.scenario)),
    };
    return `${reported.map((one) => renderOne(one, style)).join('')}${renderEnd(reported, style)}`;
  },
};

/** What follows after all scenarios: notes on them, and the last line. */
export const renderEnd = (reported: readonly Reported[], style: TerminalStyle): string =>
  `${renderNotable(allShown(reported), style)}${renderSummary(allShown(reported), style)}`;

/** The last line: both answers over all scenarios, and what was not judged. */
export const renderSummary = (reported: readonly Reported[], style: TerminalStyle): string => {
  const colors = colorsOf(style);
  const mark = summaryMark(reported);
  const lines = hang(
    `${inTone(colors, toneOf[mark], signs[mark])} `,
    inTones(summaryOf(reported), colors),
    style.width,
  );
  return `\n${lines.join('\n')}\n`;
};

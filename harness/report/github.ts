import { failureText } from './failure-text.ts';
import { headlineOf, type Mark, markOf } from './headline.ts';
import { isExpected } from './order-words.ts';
import type { Reported, Reporter } from './reporter.ts';
import { allShown } from './shown.ts';
import { summaryMark, summaryText } from './summary.ts';

/**
 * Annotations of a GitHub Actions job, the overall one first. Source of the escaping: actions/toolkit,
 * packages/core/src/command.ts.
 */
export const github: Reporter = {
  summary: 'annotations for GitHub Actions',
  fileName: 'annotations.txt',
  render: (_, reported) =>
    [
      command(levels[summaryMark(reported)], 'kinesis-order', summaryText(reported)),
      ...allShown(reported).map(annotation),
    ].join(''),
};

/** A red headline must be an error, not a notice. */
const levels: Readonly<Record<Mark, string>> = {
  holds: 'notice',
  unordered: 'notice',
  skipped: 'notice',
  unknown: 'warning',
  interrupted: 'warning',
  violated: 'error',
  failed: 'error',
  invalid: 'error',
};

/**
 * If all promises hold and the order is broken, the annotation is a warning, so that it does not look like kept order.
 * It is none if the scenario reproduces the broken order.
 */
const annotation = (one: Reported): string => {
  const { history, run } = one;
  const text = failureText(one);
  const aloud = history?.aloud ?? [];
  const isUnknown = history?.verdict === 'unknown' && run.error === undefined;
  if (text !== undefined) {
    const red = command(isUnknown ? 'warning' : 'error', run.scenario, text, run.file);
    return aloud.length === 0 ? red : `${red}${command('notice', run.scenario, aloud.join('\n'), run.file)}`;
  }
  const headline = headlineOf(one)
    .map((part) => part.text)
    .join('; ');
  const isBroken = markOf(one) === 'unordered' && history !== undefined && !isExpected(history);
  const level = isBroken ? 'warning' : 'notice';
  return command(level, run.scenario, [headline, ...aloud].join('\n'), run.file);
};

const command = (level: string, title: string, text: string, file?: string): string =>
  `::${level} ${file === undefined ? '' : `file=${property(file)},`}title=${property(title)}::${data(text)}\n`;
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

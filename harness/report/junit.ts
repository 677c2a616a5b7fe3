import { failureText } from './failure-text.ts';
import { headlineText, markOf } from './headline.ts';
import type { Reported, Reporter } from './reporter.ts';
import { allShown } from './shown.ts';
import { summaryText } from './summary.ts';

/**
 * JUnit XML as Jenkins, GitLab and GitHub's test reporters read it: one test case for each scenario. An unknown
 * verdict is a failure, too, because it is not a pass.
 */
export const junit: Reporter = {
  summary: 'JUnit XML: one test case a scenario',
  fileName: 'junit.xml',
  // Loaded on demand, because loading it takes as long as judging a small history.
  render: async (_, given) => {
    const reported = allShown(given);
    const { default: Builder } = await import('fast-xml-builder');
    const isNothing = reported.every(({ run }) => run.skipped !== undefined);
    const count = (element: Element): number => reported.filter((one) => elementOf(one) === element).length;
    const suite = {
      '@name': 'kinesis-order',
      '@tests': reported.length + Number(isNothing),
      '@failures': count('failure'),
      '@errors': count('error') + Number(isNothing),
      '@skipped': count('skipped'),
      '@time': seconds(reported.reduce((sum, { run }) => sum + (run.durationMs ?? 0), 0)),
      testcase: [...reported.map(testCase), ...(isNothing ? [nothingJudged(reported)] : [])],
      'system-out': printable(summaryText(reported)),
    };
    const xml = new Builder(layout).build({ testsuites: { testsuite: suite } });
    return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
  },
};

const layout = {
  attributeNamePrefix: '@',
  textNodeName: '#',
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  format: true,
} as const;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

type Element = 'failure' | 'error' | 'skipped' | 'passed';

const elementOf = (one: Reported): Element => {
  if (one.run.skipped !== undefined) return 'skipped';
  if (failureText(one) === undefined) return 'passed';
  return one.history === undefined ? 'error' : 'failure';
};

const testCase = (one: Reported): object => {
  const { history, run } = one;
  const base = {
    '@name': printable(run.scenario),
    '@classname': `kinesis-order.${printable(run.target ?? 'history').replaceAll(/\s+/g, '-')}`,
    '@time': seconds(run.durationMs ?? 0),
    ...(history === undefined ? {} : { properties: { property: orderProperties(history) } }),
  };
  if (run.skipped !== undefined) return { ...base, skipped: { '@message': printable(run.skipped) } };
  const out = { 'system-out': printable([headlineText(one), ...(history?.aloud ?? [])].join('\n')) };
  const text = failureText(one);
  if (text === undefined) return { ...base, ...out };
  const [message = ''] = text.split('\n');
  const problem = { '@message': printable(message), '@type': typeOf(one), '#': printable(text) };
  return { ...base, [elementOf(one)]: problem, ...out };
};

/** An error in a suite in which nothing ran, which would pass otherwise. */
const nothingJudged = (reported: readonly Reported[]): object => ({
  '@name': 'nothing was judged',
  '@classname': 'kinesis-order',
  '@time': seconds(0),
  error: { '@message': printable(summaryText(reported)), '@type': 'unknown' },
});

const typeOf = (one: Reported): string => {
  const mark = markOf(one);
  if (mark === 'invalid') return 'unjudged';
  if (mark === 'interrupted') return 'interrupted';
  return one.history?.verdict ?? 'target';
};

const orderProperties = (history: NonNullable<Reported['history']>): readonly object[] =>
  Object.entries(history.order).map(([name, value]) => ({ '@name': `order.${name}`, '@value': String(value) }));

/** XML 1.0 cannot represent most control characters, and an engine's messages may contain them. */
const printable = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

import { failureText } from './failure-text.ts';
import type { Reported, Reporter } from './reporter.ts';

/** JUnit XML, as Jenkins, GitLab and GitHub's test reporters read it: a test case a scenario. Unknown is a failure too: it is no pass. */
export const junit: Reporter = {
  summary: 'JUnit XML: one test case a scenario',
  fileName: 'junit.xml',
  // Loaded where it is asked for: it takes as long as judging a small history.
  render: async (_, reported) => {
    const { create } = await import('xmlbuilder2');
    const suite = {
      '@name': 'kinesis-order',
      '@tests': reported.length,
      '@failures': reported.filter((one) => failureText(one) !== undefined && one.history !== undefined).length,
      '@errors': reported.filter((one) => failureText(one) !== undefined && one.history === undefined).length,
      '@skipped': reported.filter(({ run }) => run.leftOut !== undefined).length,
      '@time': seconds(reported.reduce((sum, { run }) => sum + (run.durationMs ?? 0), 0)),
      testcase: reported.map(testCase),
    };
    return `${create({ version: '1.0', encoding: 'UTF-8' }, { testsuites: { testsuite: suite } }).end({ prettyPrint: true })}\n`;
  },
};

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const testCase = (one: Reported): object => {
  const { history, run } = one;
  const text = failureText(one);
  const base = {
    '@name': run.scenario,
    '@classname': `kinesis-order.${printable(run.target ?? 'history').replaceAll(/\s+/g, '-')}`,
    '@time': seconds(run.durationMs ?? 0),
  };
  if (run.leftOut !== undefined) return { ...base, skipped: { '@message': printable(run.leftOut) } };
  if (text === undefined) return base;
  const message = printable(text.split('\n')[0] ?? '');
  return {
    ...base,
    [history === undefined ? 'error' : 'failure']: {
      '@message': message,
      '@type': history?.verdict ?? (run.unjudged === undefined ? 'target' : 'unjudged'),
      '#': printable(text),
    },
  };
};

/** XML 1.0 has no place for most control characters, and an engine's words may hold them. */
const printable = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

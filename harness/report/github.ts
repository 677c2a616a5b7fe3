import { failureText } from './failure-text.ts';
import type { Reporter } from './reporter.ts';

/** Annotations of a GitHub Actions job. Source of the escaping: actions/toolkit, packages/core/src/command.ts. */
export const github: Reporter = {
  summary: 'annotations for GitHub Actions',
  fileName: 'annotations.txt',
  render: (_, reported) =>
    reported
      .flatMap((one) => {
        const text = failureText(one);
        const aloud = (one.history?.aloud ?? []).map((said) => command('notice', one.run.scenario, said));
        return text === undefined
          ? aloud
          : [command(one.history?.verdict === 'unknown' ? 'warning' : 'error', one.run.scenario, text), ...aloud];
      })
      .join(''),
};

const command = (level: string, title: string, text: string): string =>
  `::${level} title=${property(title)}::${data(text)}\n`;
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

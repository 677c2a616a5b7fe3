import pc from 'picocolors';
import { checks } from '../checks/catalogue/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { nearWords } from '../lib/near-names.ts';
import { print } from '../lib/print.ts';
import { type AnomalyId, anomalyIds, isAnomalyId } from '../model/anomaly.ts';
import { sourceHeading } from '../model/claim-source.ts';
import { wrap } from '../report/drawing/wrap.ts';
import { isColored } from './is-colored.ts';

const expectations = {
  forbid: 'forbidden: a finding violates the claim',
  allow: 'allowed: counted and reported, never a violation',
  find: 'to be found: it must occur',
  report: 'reported: it never violates anything',
  ignore: 'ignored',
} as const;

/** `explain`: what an anomaly is, an example, the promise that it breaks, its usual causes, and what to do. */
export const explainCommand = async (name: string): Promise<number> => {
  if (!isAnomalyId(name)) throw unknownAnomaly(name);
  const width = Math.max(60, Math.min(110, process.stdout.columns ?? 100));
  print.out(`${explanationOf(name, width, pc.createColors(isColored()).bold).join('\n')}\n`, {
    isColored: isColored(),
  });
  return Promise.resolve(0);
};

export const explanationOf = (id: AnomalyId, width: number, bold: (text: string) => string): readonly string[] => {
  const { summary, source, example, causes, todo } = checks[id];
  const paragraph = (title: string, texts: readonly string[]): readonly string[] => [
    '',
    bold(title),
    ...texts.flatMap((text, index) =>
      wrap(`  ${texts.length > 1 ? `${index + 1}. ` : ''}${text}`, width, texts.length > 1 ? 5 : 2),
    ),
  ];
  return [
    `${bold(id)}: ${summary}`,
    ...paragraph('For example', [example]),
    ...paragraph(sourceHeading(source), [source]),
    ...paragraph('By default', [expectationOf(checks[id])]),
    ...paragraph('Usually it comes from', causes),
    ...paragraph('What to do', todo),
  ];
};

type Check = (typeof checks)[AnomalyId];

const expectationOf = ({ expect, about }: Check): string =>
  expect === 'allow' && about?.includes('arrival') === true
    ? 'allowed: counted and reported; with the question pipeline, which is the default of record, forbidden'
    : expectations[expect];

const unknownAnomaly = (name: string): HarnessError =>
  new HarnessError('usage', `explain: there is no anomaly ${JSON.stringify(name)}`, {
    hint: `${nearWords(name, anomalyIds)}kinesis-order list checks names all of them`,
  });

import type { AnswerKind } from './answer.ts';
import { answerKinds, areas } from './answer.ts';
import type { Claim } from './claim.ts';
import { nameOf } from './compare.ts';
import type { ConformanceResult } from './result.ts';

/** A result for people: what does not conform, with AWS's words beside it, then the counts of each area. */
export const renderResult = (result: ConformanceResult, claims: Readonly<Record<string, Claim>>): string => {
  const others = result.answers.filter((answer) => answer.kind !== 'conforms');
  const told = others.map((answer) => {
    const claim = claims[answer.claim];
    const words = claim === undefined ? [] : [`    AWS: "${claim.wording}" (${claim.source})`];
    return [`${answer.kind}: ${answer.claim}`, `    ${answer.saw}`, ...words].join('\n');
  });
  return `${[...told, '', table(result), '', `again, one claim: ${result.command} --only <claim>`].join('\n')}\n`;
};

const table = (result: ConformanceResult): string => {
  const row = (name: string, of: (kind: AnswerKind) => number): string =>
    `${name.padEnd(10)}${answerKinds.map((kind) => String(of(kind)).padStart(11)).join('')}`;
  const count = (kind: AnswerKind, area?: string): number =>
    result.answers.filter((answer) => answer.kind === kind && (area === undefined || answer.area === area)).length;
  const asked = areas.filter((area) => result.answers.some((answer) => answer.area === area));
  return [
    `${nameOf(result)}, ${result.answers.length} claims in ${Math.round(result.seconds)} s`,
    `${''.padEnd(10)}${answerKinds.map((kind) => kind.padStart(11)).join('')}`,
    ...asked.map((area) => row(area, (kind) => count(kind, area))),
    row('all', (kind) => count(kind)),
  ].join('\n');
};

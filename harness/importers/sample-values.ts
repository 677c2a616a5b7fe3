import { jsonRows } from './json-rows.ts';
import type { Before } from './json-values.ts';
import { sampled } from './sample-text.ts';
import { Tally } from './tally.ts';

export type SampleValue = { readonly value: unknown; readonly text: string; readonly before: Before | undefined };

const valuesMax = 200;

/** The first JSON values of a file that `isWanted` accepts, with any text around them. */
export const sampleValues = (
  start: string,
  prefix: RegExp | undefined,
  isWanted: (value: unknown) => boolean = () => true,
): readonly SampleValue[] =>
  sampled(start, (lines) => {
    const found: SampleValue[] = [];
    const rows = jsonRows({
      prefix,
      tally: new Tally('', Number.POSITIVE_INFINITY),
      onValue: (value, _, before, text) => {
        if (found.length < valuesMax && isWanted(value)) found.push({ value, before, text });
      },
    });
    for (let first = 0; first < lines.length && found.length < valuesMax; first += linesAtOnce)
      rows.take({ first, lines: lines.slice(first, first + linesAtOnce) });
    return found;
  });

const linesAtOnce = 100;

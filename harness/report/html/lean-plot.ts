import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Functions of uPlot whose results are never used here: non-linear scales, dates, bands between lines. */
const uncalled = [
  'rangeLog',
  'logAxisSplits',
  'asinhAxisSplits',
  'log10AxisValsFilt',
  'log2AxisValsFilt',
  'clipBandLine',
  'fmtDate',
  'tzDate',
  'timeAxisStamps',
  'timeAxisVals',
  'timeSeriesStamp',
  'timeSeriesVal',
];

/**
 * Parts of uPlot that no chart here uses: bars, steps, splines, joined tables, and axes of dates. Bundling fails if
 * one is not found, so that each new version of uPlot is checked.
 */
const unused: readonly (readonly [name: string, part: RegExp, instead: string])[] = [
  ['paths', /\{\n\tuPlot\.addGap = addGap;[\s\S]*?\n\}\n/, 'uPlot.paths = { linear, points };\n'],
  ['join', /\{\n\tuPlot\.join = join;\n\}\n/, ''],
  ['dates', /\{\n\tuPlot\.fmtDate = fmtDate;\n\tuPlot\.tzDate {2}= tzDate;\n\}\n/, ''],
  [
    'time',
    /function genTimeStuffs\(ms\) \{[\s\S]*?\n\}\n/,
    'function genTimeStuffs() { return [[], [], () => []]; }\n',
  ],
  ...uncalled.map(
    (name) => [name, new RegExp(`function ${name}\\([\\s\\S]*?\\n\\}\\n`), `function ${name}() {}\n`] as const,
  ),
];

export const leanPlot: Plugin = {
  name: 'lean-plot',
  setup: (build) => {
    build.onLoad({ filter: /uPlot\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [name, part, instead] of unused) {
        if (!part.test(contents)) throw new Error(`uPlot has another form than 1.6.32: its part ${name} was not found`);
        contents = contents.replace(part, () => instead);
      }
      return { contents };
    });
  },
};

import type { Format, FormatInput } from './format.ts';
import { guessMapping } from './guess.ts';
import type { Before } from './json-values.ts';
import { mappingText } from './mapping.ts';
import { areNearlyAll } from './nearly-all.ts';
import { getterOf } from './path.ts';
import { type OnRow, openRows } from './row-format.ts';
import { linesOf } from './text-lines.ts';

/** Plain log lines with `name=value` pairs, or with the groups of --prefix. */
export const log: Format = {
  summary: 'plain log lines: name=value pairs, or the named groups of --prefix; the time is at the beginning of a line',
  flags: ['map', 'id', 'prefix', 'puts'],
  recognise: (start) => {
    const rows = sampled(start, undefined, false);
    if (rows.length === 0) return undefined;
    const mapping = guessMapping(rows, {}, false);
    if (mapping.seq === undefined && (mapping.n === undefined || (mapping.key ?? mapping.flow) === undefined))
      return undefined;
    return { sure: 0.2, flags: ['--map', mappingText(mapping)] };
  },
  open: (input) => {
    if (!input.isPut) input.tally.note(putsWords(input.source.start));
    return openRows({
      input,
      sample: sampled(input.source.start, input.prefix, input.isPut),
      isTimed: false,
      getter: ({ tokens }) => getterOf(tokens),
      read: (onRow) => read(input, onRow),
    });
  },
};

/** If nearly each line tells of a put: what was stored is not yet what a consumer received. */
const putsWords = (start: string): string | undefined => {
  const lines = start.split('\n', sampleRows).filter((line) => line.trim() !== '');
  if (!areNearlyAll(lines, (line) => /\b(put|puts|PutRecords?|published|sent)\b/i.test(String(line)))) return undefined;
  return 'its lines look like a log of puts, and are taken for what a consumer received. Name the log of a consumer, and this one with --puts log:FILE';
};

type Row = Readonly<Record<string, string>>;

const pair = /([A-Za-z_][\w.-]*)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|\[([^\]]*)\]|([^\s,;|()"'{}[\]]+))/g;
const time =
  /^\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?|\d{10,19}(?:\.\d{1,9})?)\]?/;

/** Undefined for a line without pairs. */
const rowOf = (line: string, prefix: RegExp | undefined, isPut: boolean): Row | undefined => {
  const row: Record<string, string> = {};
  const [, at] = time.exec(line) ?? [];
  if (at !== undefined) row['time'] = at;
  for (const [, name = '', ...values] of line.slice(at?.length ?? 0).matchAll(pair))
    row[name] ??= values.find((value) => value !== undefined) ?? '';
  const groups: Before = prefix?.exec(line)?.groups ?? {};
  const whole: Record<string, string | undefined> = { ...row, ...groups };
  if (isPut && whole['error'] === undefined) whole['error'] = errorIn(line);
  return Object.keys(whole).some((name) => name !== 'time' && name !== 'error') ? (whole as Row) : undefined;
};

/** The name of an error in the text of a line. */
const errorIn = (line: string): string | undefined =>
  /(?:^|[\s:(])((?:[a-z]\w*\.)*[A-Z]\w*(?:Exception|Error|Timeout)|E(?:TIMEDOUT|CONNRESET|PIPE|CONNREFUSED|NOTFOUND))\b/.exec(
    line,
  )?.[1];

const sampleRows = 500;

const sampled = (start: string, prefix: RegExp | undefined, isPut: boolean): readonly unknown[] =>
  start
    .split('\n', sampleRows)
    .map((line) => rowOf(line.trim(), prefix, isPut))
    .filter((row) => row !== undefined);

async function* read({ source, tally, prefix, isPut }: FormatInput, onRow: OnRow): AsyncGenerator<void> {
  for await (const { first, lines } of linesOf(source.pieces)) {
    for (const [index, text] of lines.entries()) {
      const line = text.trim();
      if (line === '') continue;
      tally.tried += 1;
      const row = rowOf(line, prefix, isPut);
      if (row === undefined) tally.other += 1;
      else onRow(row, first + index, undefined);
    }
    yield;
  }
}

import { areConsumerLines, openConsumerLines, recogniseLines } from './consumer-lines.ts';
import { exactly } from './exact-numbers.ts';
import type { Format, FormatInput } from './format.ts';
import { guessMapping } from './guess.ts';
import { jsonRows } from './json-rows.ts';
import { mappingText } from './mapping.ts';
import { getterOf } from './path.ts';
import { type OnRow, openRows } from './row-format.ts';
import { sampleValues } from './sample-values.ts';
import { linesOf } from './text-lines.ts';

/** JSON of any kind: a record is a line, or an item of a list in it. */
export const jsonl: Format = {
  summary:
    'JSON lines, or JSON objects in any wrapping (logs, CloudWatch exports): fields are guessed, or named with --map',
  flags: ['map', 'id', 'prefix', 'puts'],
  recognise: (start) => {
    const lines = recogniseLines(start);
    if (lines !== undefined) return lines;
    const { rows } = sampledRows(start, undefined);
    const mapping = guessMapping(rows, {}, false);
    if (mapping.seq === undefined && (mapping.n === undefined || mapping.key === undefined)) return undefined;
    return { sure: mapping.seq === undefined ? 0.3 : 0.6, flags: ['--map', mappingText(mapping)] };
  },
  open: (input) => {
    if (areConsumerLines(input)) return openConsumerLines(input);
    const { rows, isTimed } = sampledRows(input.source.start, input.prefix);
    return openRows({
      input,
      sample: rows,
      isTimed,
      getter: ({ tokens }) => getterOf(tokens),
      read: (onRow) => read(input, onRow),
    });
  },
};

async function* read({ source, prefix, tally }: FormatInput, onRow: OnRow): AsyncGenerator<void> {
  const rows = jsonRows({
    prefix,
    tally,
    onValue: (value, line, before, text) => onRow(value, line, before, () => exactly(text) ?? value),
  });
  for await (const lines of linesOf(source.pieces)) {
    rows.take(lines);
    yield;
  }
  rows.finish();
}

const sampledRows = (start: string, prefix: RegExp | undefined) => {
  const values = sampleValues(start, prefix);
  const isTimed = values.length > 0 && values.every(({ before }) => before?.['time'] !== undefined);
  return { rows: values.map(({ value }) => value), isTimed };
};

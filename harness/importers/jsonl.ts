import { areConsumerLines, openConsumerLines, recogniseLines } from './consumer-lines.ts';
import { exactly } from './exact-numbers.ts';
import type { Format, FormatInput } from './format.ts';
import { guessMapping } from './guess.ts';
import { jsonRows } from './json-rows.ts';
import { CutRow } from './line-shape.ts';
import { LineShapes } from './line-shapes.ts';
import { mappingText } from './mapping.ts';
import { type Getter, getterOf } from './path.ts';
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
    if (mapping.seq === undefined && (mapping.n === undefined || (mapping.key ?? mapping.flow) === undefined))
      return undefined;
    return { sure: mapping.seq === undefined ? 0.3 : 0.6, flags: ['--map', mappingText(mapping)] };
  },
  open: (input) => {
    if (areConsumerLines(input)) return openConsumerLines(input);
    const { rows, isTimed } = sampledRows(input.source.start, input.prefix);
    const shapes = new LineShapes();
    return openRows({
      input,
      sample: rows,
      isTimed,
      getter: ({ tokens }) => cutGetter(shapes, tokens),
      read: (onRow, { isWhole }) => read(input, onRow, isWhole ? undefined : shapes),
    });
  },
};

const cutGetter = (shapes: LineShapes, tokens: readonly string[]): Getter => {
  const get = getterOf(tokens);
  const index = shapes.want(tokens);
  return (row) => (row instanceof CutRow ? row.values[index] : get(row));
};

async function* read(
  { source, prefix, tally }: FormatInput,
  onRow: OnRow,
  shapes: LineShapes | undefined,
): AsyncGenerator<void> {
  const rows = jsonRows({
    prefix,
    tally,
    cut: shapes === undefined ? undefined : (line) => shapes.cut(line),
    onValue: (value, line, before, text) => {
      if (!(value instanceof CutRow) && before === undefined && isPlainRow(value, text)) shapes?.learn(text, value);
      onRow(value, line, before, () => exactly(text) ?? value);
    },
  });
  for await (const lines of linesOf(source.pieces)) {
    rows.take(lines);
    yield;
  }
  rows.finish();
}

/** One object that is its whole line. Whether a row with a messageType is a row depends on that text. */
const isPlainRow = (value: unknown, text: string): boolean =>
  text.startsWith('{') && !Object.hasOwn(value as object, 'messageType');

const sampledRows = (start: string, prefix: RegExp | undefined) => {
  const values = sampleValues(start, prefix);
  const isTimed = values.length > 0 && values.every(({ before }) => before?.['time'] !== undefined);
  return { rows: values.map(({ value }) => value), isTimed };
};

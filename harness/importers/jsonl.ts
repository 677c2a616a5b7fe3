import { areConsumerLines, openConsumerLines, recogniseLines } from './consumer-lines.ts';
import { exactly, exactlyIfLong } from './exact-numbers.ts';
import type { Format, FormatInput } from './format.ts';
import { guessMapping } from './guess.ts';
import { itemLines } from './item-lines.ts';
import { type JsonRows, jsonRows } from './json-rows.ts';
import { mappingText } from './mapping.ts';
import { getterOf } from './path.ts';
import { type OnRow, openRows, type RowNeed } from './row-format.ts';
import { sampleValues } from './sample-values.ts';
import { ShapeLines } from './shape-lines.ts';
import { linesOf } from './text-lines.ts';
import { wholeLines } from './whole-lines.ts';

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
    return openRows({
      input,
      sample: rows,
      isTimed,
      getter: ({ tokens }) => getterOf(tokens),
      read: (onRow, need) => read(input, onRow, need),
    });
  },
};

async function* read(input: FormatInput, onRow: OnRow, { onFact, options }: RowNeed): AsyncGenerator<void> {
  const { source, prefix, tally } = input;
  const shapes = options === undefined || prefix !== undefined ? undefined : new ShapeLines(options);
  const rows = jsonRows({
    prefix,
    tally,
    onValue: (value, line, before, text) => {
      if (before === undefined && isPlainRow(value, text)) shapes?.learn(text);
      onRow(value, line, before, {
        again: () => exactly(text) ?? value,
        itemLines: (list) => itemLines(text, list),
      });
    },
  });
  if (shapes === undefined)
    for await (const lines of linesOf(source.pieces)) {
      rows.take(lines);
      yield;
    }
  else yield* readBytes(source.bytes, shapes, rows, onFact);
  rows.finish();
}

/** Lines of a known shape are neither parsed nor decoded to strings. */
async function* readBytes(
  pieces: AsyncIterable<Buffer>,
  shapes: ShapeLines,
  rows: JsonRows,
  onFact: RowNeed['onFact'],
): AsyncGenerator<void> {
  let line = 0;
  for await (const bytes of wholeLines(pieces)) {
    for (let from = 0; from < bytes.length; ) {
      line += 1;
      const fact = rows.isOpen() ? undefined : shapes.take(bytes, from, line);
      if (fact !== undefined) {
        onFact(fact);
        from = shapes.end + 1;
        continue;
      }
      const newline = bytes.indexOf(10, from);
      const end = newline < 0 ? bytes.length : newline;
      rows.take({ first: line, lines: [bytes.toString('utf8', from, end)] });
      from = end + 1;
    }
    yield;
  }
}

/** True if the line is exactly one object. A row with a messageType may be an envelope, so its text is inspected. */
const isPlainRow = (value: unknown, text: string): boolean =>
  text.startsWith('{') && !text.includes('\n') && !Object.hasOwn(value as object, 'messageType');

const sampledRows = (start: string, prefix: RegExp | undefined) => {
  const values = sampleValues(start, prefix);
  const isTimed = values.length > 0 && values.every(({ before }) => before?.['time'] !== undefined);
  return { rows: values.map(({ value, text }) => exactlyIfLong(value, text)), isTimed };
};

import { visible } from '../../lib/visible.ts';
import type { Emphasis } from '../drawing/picture-text.ts';
import { lengthOf, padded, wrap } from '../drawing/wrap.ts';
import { timeOf } from '../naming.ts';
import { lineWords } from '../story/line-words.ts';
import type { Selected, Selection } from './selection.ts';

/** The selected lines of a history in columns: time, line, who, and what they did. */
export const linesText = (
  selected: Selected,
  { key, shard }: Selection,
  width: number,
  { dim, bold }: Emphasis,
): readonly string[] => {
  const context = {
    key: key ?? null,
    putOf: (op: number) => selected.putOf(op),
    files: selected.files,
    ...(shard === undefined ? {} : { shard }),
  };
  const rows = selected.lines.flatMap(({ event, line }) => {
    const words = lineWords(event, line, context);
    return words === undefined
      ? []
      : [{ line: String(line), t: timeOf(words.t), who: visible(words.who), what: visible(words.what) }];
  });
  const widest = (of: (row: (typeof rows)[number]) => string, max: number): number =>
    Math.min(max, Math.max(0, ...rows.map((row) => lengthOf(of(row)))));
  const [lineWidth, timeWidth, whoWidth] = [
    widest(({ line }) => line, 9),
    widest(({ t }) => t, 12),
    widest(({ who }) => who, 18),
  ];
  const gutter = timeWidth + lineWidth + whoWidth + 11;
  return rows.flatMap(({ line, t, who, what }) => {
    const [first = '', ...rest] = wrap(what, Math.max(24, width - gutter));
    const lead = `${dim(t.padStart(timeWidth))}  ${dim(`line ${line.padStart(lineWidth)}`)}  ${bold(padded(who, whoWidth))}  `;
    return [`${lead}${first}`, ...rest.map((part) => `${' '.repeat(gutter)}${part}`)];
  });
};

import { wrap } from '../drawing/wrap.ts';
import { widthOf } from './width.ts';

/**
 * A text after a prefix, in lines of at most `width`. Lines after the first are indented by the width of the prefix.
 * Without `width` lines are not wrapped.
 */
export const hang = (prefix: string, text: string, width: number | undefined): readonly string[] => {
  const indent = widthOf(prefix);
  const lines = text
    .split('\n')
    .flatMap((line) => (width === undefined ? [line] : wrap(line, width - indent, 0, widthOf)));
  return lines.map((line, index) => `${index === 0 ? prefix : ' '.repeat(indent)}${line}`);
};

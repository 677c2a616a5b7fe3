import { wrap } from '../drawing/wrap.ts';
import { widthOf } from './width.ts';

/**
 * A text after a prefix, in lines of at most `width`; lines after the first are indented by the prefix. Without a
 * width, one line.
 */
export const hang = (prefix: string, text: string, width: number | undefined): readonly string[] => {
  const indent = widthOf(prefix);
  const lines = text
    .split('\n')
    .flatMap((line) => (width === undefined ? [line] : wrap(line, width - indent, 0, widthOf)));
  return lines.map((line, index) => `${index === 0 ? prefix : ' '.repeat(indent)}${line}`);
};

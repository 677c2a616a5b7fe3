/**
 * A part of a picture, with coordinates. The page draws shapes; tests count them. Shapes with the same `ref` light up
 * together: the number of a record, or what a map names (`key 3`).
 */
export type Shape =
  | (Common & {
      readonly is: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    })
  | (Common & { readonly is: 'path'; readonly d: string })
  | (Common & { readonly is: 'circle'; readonly x: number; readonly y: number; readonly r: number })
  | (Common & {
      readonly is: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly rx: number;
    })
  | (Common & {
      readonly is: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /**
       * Words of another look after the first ones, with a gap between them, so that they do not overlap in any font.
       */
      readonly more: { readonly look: string; readonly text: string } | null;
      readonly anchor: Anchor;
    });

type Common = { readonly look: string; readonly ref: string };
type Ref = number | string;
export type Anchor = 'start' | 'middle' | 'end';

export type Sheet = { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] };

const none = '';
const refOf = (ref: Ref): string => (typeof ref === 'string' ? ref : ref < 0 ? none : String(ref));

type Point = readonly [x: number, y: number];
type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rx?: number;
};

export const line = (look: string, [x1, y1]: Point, [x2, y2]: Point, ref: Ref = none): Shape => ({
  is: 'line',
  look,
  x1,
  y1,
  x2,
  y2,
  ref: refOf(ref),
});
export const path = (look: string, d: string, ref: Ref = none): Shape => ({ is: 'path', look, d, ref: refOf(ref) });
export const circle = (look: string, x: number, y: number, r: number, ref: Ref = none): Shape => ({
  is: 'circle',
  look,
  x,
  y,
  r,
  ref: refOf(ref),
});
export const rect = (look: string, { rx = 0, ...box }: Box, ref: Ref = none): Shape => ({
  is: 'rect',
  look,
  ...box,
  rx,
  ref: refOf(ref),
});
export const text = (look: string, [x, y]: Point, words: string, anchor: Anchor = 'start', ref: Ref = none): Shape => ({
  is: 'text',
  look,
  x,
  y,
  text: words,
  more: null,
  anchor,
  ref: refOf(ref),
});

/** Two texts of different looks in one line. */
export const twoTexts = (
  first: { readonly look: string; readonly text: string },
  second: { readonly look: string; readonly text: string },
  x: number,
  y: number,
): Shape => ({ is: 'text', look: first.look, x, y, text: first.text, more: second, anchor: 'start', ref: none });

/** An estimate of the width of a text, measured on the widest of the usual system fonts, so that others fit, too. */
export const widthOf = (words: string, size = 12): number => {
  let width = 0;
  for (const letter of words)
    width += letter > '\u2e80' ? 1 : /[ilj.,:;'|! ]/.test(letter) ? 0.33 : /[mwMW—…]/.test(letter) ? 0.9 : 0.61;
  return width * size;
};

/** The words, shortened to fit into `room`. Undefined if fewer than three characters would be left. */
export const fitted = (words: string, room: number, size = 12): string | undefined => {
  if (widthOf(words, size) <= room) return words;
  // Cuts characters, not UTF-16 units: half a surrogate pair is no text.
  const cut = Array.from(words);
  while (cut.length > 1 && widthOf(`${cut.join('')}…`, size) > room) cut.pop();
  return cut.length < 3 ? undefined : `${cut.join('')}…`;
};

/**
 * Signs whose shape shows the same as their colour: a filled square is a violation, a hollow one is a broken order
 * that nothing forbids.
 */
export type Sign = 'bad' | 'asked' | 'ok' | 'unknown' | 'none';

const square =
  'M4.2 1h7.6a3.2 3.2 0 0 1 3.2 3.2v7.6a3.2 3.2 0 0 1-3.2 3.2h-7.6a3.2 3.2 0 0 1-3.2-3.2v-7.6a3.2 3.2 0 0 1 3.2-3.2z';

/** Looks and SVG paths of each sign, in a box of 16. */
export const signPaths: Readonly<Record<Sign, readonly (readonly [look: string, d: string])[]>> = {
  bad: [
    ['sign-full', square],
    ['sign-cut', 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
  ],
  asked: [
    ['sign-line', 'M4.7 1.7h6.6a3 3 0 0 1 3 3v6.6a3 3 0 0 1-3 3h-6.6a3 3 0 0 1-3-3v-6.6a3 3 0 0 1 3-3z'],
    ['sign-line', 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8'],
  ],
  ok: [
    ['sign-line', 'M1.6 8a6.4 6.4 0 1 0 12.8 0a6.4 6.4 0 1 0-12.8 0z'],
    ['sign-line', 'M5.1 8.2l2.1 2.1 3.8-4.2'],
  ],
  unknown: [
    ['sign-line', 'M8 1.3l6.7 6.7-6.7 6.7-6.7-6.7z'],
    ['sign-line', 'M8 5v3.6M8 10.8v.3'],
  ],
  none: [['sign-line', 'M4 8h8']],
};

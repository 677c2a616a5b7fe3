import { escapeHtml } from './escape.ts';

export type Point = readonly [x: number, y: number];
export type Line = {
  readonly name: string;
  readonly points: readonly Point[];
  /** The point where the curve begins to rise steeply. */
  readonly knee?: Point | undefined;
};
export type CurveOptions = {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  readonly xWords: (x: number) => string;
  readonly yWords: (y: number) => string;
};

const [width, height, left, bottom, top, right] = [760, 320, 80, 45, 30, 170] as const;
const colours = ['#0b62a8', '#b3261e', '#1b7f4b', '#8a5a00', '#6a3fa0', '#00707a', '#a0306a', '#555555'] as const;

/** Lines over two logarithmic axes, as self-contained SVG. Empty with fewer than two points. */
export const curve = ({ title, x, y, lines, xWords, yWords }: CurveOptions): string => {
  const points = lines.flatMap((line) => line.points);
  if (points.length < 2) return '';
  const across = axis(
    points.map(([at]) => at),
    left,
    width - right,
  );
  const up = axis(
    points.map(([, at]) => at),
    height - bottom,
    top,
  );
  return [
    `<figure><figcaption>${escapeHtml(title)}</figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">`,
    `<path class="axis" d="M${left} ${top}V${height - bottom}H${width - right}"/>`,
    ...across.marks.map((at) => text(across.place(at), height - bottom + 16, 'middle', xWords(at))),
    ...up.marks.map((at) => text(left - 6, up.place(at) + 4, 'end', yWords(at))),
    text((left + width - right) / 2, height - 6, 'middle', x),
    text(left, top - 12, 'start', y),
    ...lines.flatMap(({ name, points: of, knee }, index) => {
      const colour = colours[index % colours.length] ?? '#000';
      const places = of.map(([at, value]) => `${across.place(at).toFixed(1)},${up.place(value).toFixed(1)}`);
      return [
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${places.join(' ')}"/>`,
        `<circle cx="${width - right + 14}" cy="${top + 14 + index * 18}" r="5" fill="${colour}"/>`,
        ...(knee === undefined ? [] : [ring(across.place(knee[0]), up.place(knee[1]), colour)]),
        text(width - right + 24, top + 18 + index * 18, 'start', name),
      ];
    }),
    '</svg></figure>\n',
  ].join('');
};

const ring = (x: number, y: number, colour: string): string =>
  `<circle class="knee" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="6" fill="none" stroke="${colour}" stroke-width="2"/>`;

type Axis = { readonly place: (value: number) => number; readonly marks: readonly number[] };

/** A logarithmic axis from the smallest value to the largest, with five marks. */
const axis = (values: readonly number[], from: number, to: number): Axis => {
  const positive = values.map((value) => Math.max(1e-3, value));
  const low = Math.log10(Math.min(...positive));
  const high = Math.max(low + 1e-6, Math.log10(Math.max(...positive)));
  const place = (value: number): number =>
    from + ((Math.log10(Math.max(1e-3, value)) - low) / (high - low)) * (to - from);
  const marks = Array.from({ length: 5 }, (_, index) => 10 ** (low + ((high - low) * index) / 4));
  return { place, marks };
};

const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end', words: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escapeHtml(words)}</text>`;

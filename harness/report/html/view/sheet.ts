import type { Shape, Sheet } from '../layout/shape.ts';
import { type Markup, markup } from './markup.ts';

/** A sheet of shapes as SVG. */
export const sheetView = ({ width, height, shapes }: Sheet, look: string, label: string, isWalkable: boolean): Markup =>
  markup`<svg class="picture ${look}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}"${isWalkable ? markup` tabindex="0"` : null}>${shapes.map(shapeView)}</svg>`;

const round = (value: number): number => Math.round(value * 100) / 100;

const shapeView = (shape: Shape): Markup => {
  const name = shape.ref === '' ? markup`class="${shape.look}"` : markup`class="${shape.look}" data-ref="${shape.ref}"`;
  switch (shape.is) {
    case 'line':
      return markup`<line ${name} x1="${round(shape.x1)}" y1="${round(shape.y1)}" x2="${round(shape.x2)}" y2="${round(shape.y2)}"/>`;
    case 'path':
      return markup`<path ${name} d="${shape.d}"/>`;
    case 'circle':
      return markup`<circle ${name} cx="${round(shape.x)}" cy="${round(shape.y)}" r="${shape.r}"/>`;
    case 'rect':
      return markup`<rect ${name} x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" rx="${shape.rx}"/>`;
    case 'text':
      return markup`<text ${name} x="${round(shape.x)}" y="${round(shape.y)}" text-anchor="${shape.anchor}">${shape.text}${shape.more === null ? null : markup`<tspan class="${shape.more.look}" dx="6">${shape.more.text}</tspan>`}</text>`;
  }
};

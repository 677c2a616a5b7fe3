import { nothing, type SVGTemplateResult, svg } from 'lit-html';
import type { Shape } from '../layout/shape.ts';

/** Shapes as SVG; those of the lit `ref` carry the class `lit`. */
export const shapesView = (shapes: readonly Shape[], lit = ''): readonly SVGTemplateResult[] =>
  shapes.map((shape) => shapeView(shape, lit));

const round = (value: number): number => Math.round(value * 100) / 100;

const shapeView = (shape: Shape, lit: string): SVGTemplateResult => {
  const { look, ref } = shape;
  const name = ref !== '' && ref === lit ? `${look} lit` : look;
  const own = ref || nothing;
  switch (shape.is) {
    case 'line':
      return svg`<line class=${name} data-ref=${own} x1=${round(shape.x1)} y1=${round(shape.y1)} x2=${round(shape.x2)} y2=${round(shape.y2)}/>`;
    case 'path':
      return svg`<path class=${name} data-ref=${own} d=${shape.d}/>`;
    case 'circle':
      return svg`<circle class=${name} data-ref=${own} cx=${round(shape.x)} cy=${round(shape.y)} r=${shape.r}/>`;
    case 'rect':
      return svg`<rect class=${name} data-ref=${own} x=${round(shape.x)} y=${round(shape.y)} width=${round(shape.width)} height=${round(shape.height)} rx=${shape.rx}/>`;
    case 'text':
      return svg`<text class=${name} data-ref=${own} x=${round(shape.x)} y=${round(shape.y)} text-anchor=${shape.anchor}>${shape.text}${shape.more === null ? nothing : svg`<tspan class=${shape.more.look} dx="6">${shape.more.text}</tspan>`}</text>`;
  }
};

/** The `ref` under the pointer; empty if there is none. */
export const refAt = (event: Event): string =>
  (event.target as Element | null)?.closest('[data-ref]')?.getAttribute('data-ref') ?? '';

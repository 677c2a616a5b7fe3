import { announce } from './announce.ts';

/** Properties of the style sheet that are written onto the elements of a saved SVG, which has no style sheet. */
const inlined = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'letter-spacing',
  'text-anchor',
] as const;

const standalone = (
  source: SVGSVGElement,
): { readonly text: string; readonly width: number; readonly height: number } => {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const originals = [source, ...source.querySelectorAll<SVGElement>('*')];
  for (const [index, element] of [copy, ...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const original = originals[index];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const name of inlined) {
      const value = style.getPropertyValue(name);
      if (value !== '') element.setAttribute(name, value.replaceAll('"', "'"));
    }
    element.removeAttribute('class');
    for (const name of ['data-ref', 'tabindex', 'role', 'aria-label']) element.removeAttribute(name);
  }
  const { width, height } = source.viewBox.baseVal;
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [
    ['width', width],
    ['height', height],
    ['fill', getComputedStyle(document.body).backgroundColor],
  ] as const)
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
};

export const saveSvg = (source: SVGSVGElement | null, name: string): void => {
  if (source !== null) save(new Blob([standalone(source).text], { type: 'image/svg+xml' }), `${name}.svg`);
};

/** Saves a picture as PNG, twice as large as on the page, so that it is readable in a document. */
export const savePng = async (source: SVGSVGElement | null, name: string): Promise<void> => {
  if (source === null) return;
  const { text, width, height } = standalone(source);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob !== null) save(blob, `${name}.png`);
};

const save = (blob: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name.replaceAll(/[^\w.-]+/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  announce(`Saved ${link.download}.`);
};

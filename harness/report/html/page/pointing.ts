import { copyText } from './copy.ts';
import { savePng, saveSvg } from './export.ts';
import { light, walkRecords } from './light.ts';
import { refAt } from './sheet.ts';

export type Actions = {
  readonly onLine: (line: number) => void;
  readonly onFinding: (index: number) => void;
  readonly onStep: (step: number) => void;
  readonly onClaim: (claim: string) => void;
};

/** Adds one set of listeners for all HTML of the file, which has no listeners of its own. */
export const listen = (actions: Actions): void => {
  const main = document.getElementById('main');
  if (main === null) return;
  main.addEventListener('click', (event) => onClick(event, actions));
  main.addEventListener('change', (event) => {
    const { target } = event;
    if (target instanceof HTMLSelectElement && target.closest('.switch') !== null)
      actions.onFinding(Number(target.value));
  });
  main.addEventListener('pointermove', (event) => {
    const picture = pictureAt(event);
    if (picture !== undefined) light(picture, refAt(event));
  });
  main.addEventListener('pointerout', (event) => {
    const picture = pictureAt(event);
    if (picture !== undefined && !picture.contains(event.relatedTarget as Node | null)) light(picture, '');
  });
  main.addEventListener('keydown', (event) => {
    const picture = pictureAt(event);
    if (picture !== undefined) walkRecords(event, picture);
  });
};

const pictureAt = (event: Event): SVGElement | undefined =>
  (event.target as Element | null)?.closest<SVGElement>('.witness svg.picture') ?? undefined;

const onClick = (event: Event, { onLine, onStep, onClaim }: Actions): void => {
  const button = (event.target as Element | null)?.closest<HTMLElement>('button');
  if (button == null) return;
  const { line, copy, copyOf, save, step, claimLink } = button.dataset;
  if (line !== undefined) onLine(Number(line));
  else if (step !== undefined) onStep(Number(step));
  else if (claimLink !== undefined) onClaim(claimLink);
  else if (copy !== undefined) void copyText(copy, button);
  else if (copyOf !== undefined) void copyText(document.getElementById(copyOf)?.textContent ?? '', button);
  else if (save !== undefined) {
    const section = button.closest<HTMLElement>('section');
    const picture = section?.querySelector<SVGSVGElement>('svg.picture') ?? null;
    const name = section?.dataset['file'] ?? 'picture';
    if (save === 'svg') saveSvg(picture, name);
    else void savePng(picture, name);
  }
};

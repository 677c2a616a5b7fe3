import { announce } from './announce.ts';

/** Lights up a record on every track and shows what happened to it. An empty `ref` lights none. */
export const light = (picture: Element, ref: string, isAnnounced = false): void => {
  const section = picture.closest('.witness');
  if (section === null || (picture as SVGElement).dataset['lit'] === ref) return;
  (picture as SVGElement).dataset['lit'] = ref;
  for (const shape of picture.querySelectorAll('.lit')) shape.classList.remove('lit');
  picture.classList.toggle('has-lit', ref !== '');
  if (ref !== '') for (const shape of picture.querySelectorAll(`[data-ref="${ref}"]`)) shape.classList.add('lit');
  const said = section.querySelector<HTMLElement>('.said-of');
  const row = section.querySelector(`tr[data-record="${ref === '' ? (said?.dataset['first'] ?? '') : ref}"]`);
  if (said === null || row === null) return;
  const [name, story, shard, seq] = [...row.children].map(({ textContent }) => textContent ?? '');
  const parts = [
    ['b', name],
    ['p', story?.replaceAll('; ', ' · ')],
    ['span', shard],
    ['code', seq],
  ] as const;
  said.replaceChildren(
    ...parts.map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text ?? '' })),
  );
  if (isAnnounced) announce(`${name ?? ''}: ${story ?? ''}`);
};

/** Arrow keys go from record to record; Escape lights none. */
export const walkRecords = (event: KeyboardEvent, picture: SVGElement): void => {
  const all = [...(picture.closest('.witness')?.querySelectorAll<HTMLElement>('tr[data-record]') ?? [])];
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') light(picture, '');
  if (step === undefined || all.length === 0) return;
  event.preventDefault();
  const lit = picture.dataset['lit'] ?? '';
  const at = lit === '' ? (step > 0 ? 0 : all.length - 1) : (Number(lit) + step + all.length) % all.length;
  light(picture, String(at), true);
};

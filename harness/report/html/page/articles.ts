import { light } from './light.ts';

/** Shows one history. Returns false if it was shown already. */
export const showHistory = (id: string): boolean => {
  const before = document.querySelector('.history.on');
  if (before?.id === `history-${id}`) return false;
  before?.classList.remove('on');
  document.getElementById(`history-${id}`)?.classList.add('on');
  return true;
};

/** Shows one finding of a history, and highlights a line and its record. */
export const showFinding = (id: string, index: number, line: number | undefined): void => {
  const article = document.getElementById(`history-${id}`);
  const block = document.getElementById(`finding-${id}-${index}`);
  if (article === null || block === null) return;
  if (!block.classList.contains('on')) {
    article.querySelector('.finding-block.on')?.classList.remove('on');
    block.classList.add('on');
  }
  const controls = article.querySelector('.switch');
  const all = article.querySelectorAll('.finding-block').length;
  if (controls !== null) {
    const [at, select, ...buttons] = [
      controls.querySelector('.at'),
      controls.querySelector('select'),
      ...controls.querySelectorAll('button'),
    ];
    if (at != null) at.textContent = String(index + 1);
    if (select != null) (select as HTMLSelectElement).value = String(index);
    for (const button of buttons as HTMLButtonElement[])
      button.disabled = index + Number(button.dataset['step']) < 0 || index + Number(button.dataset['step']) >= all;
  }
  showLine(block, line);
};

/** Highlights a line in the table of lines, and its record in the picture: the wrong record if there are several. */
const showLine = (block: Element, line: number | undefined): void => {
  const wanted = line === undefined ? '' : String(line);
  if ((block as HTMLElement).dataset['line'] === wanted) return;
  (block as HTMLElement).dataset['line'] = wanted;
  for (const row of block.querySelectorAll('tr.lit')) row.classList.remove('lit');
  if (line === undefined) return;
  const row = block.querySelector(`.lines tr[data-at="${line}"]`);
  row?.classList.add('lit');
  if (row !== null) block.querySelector('details.lines')?.setAttribute('open', '');
  const records = [...block.querySelectorAll<HTMLElement>('tr[data-record]')].filter(({ dataset }) =>
    (dataset['lines'] ?? '').split(' ').includes(wanted),
  );
  const record = ['late', 'other', 'neighbour']
    .map((role) => records.find(({ classList }) => classList.contains(role)))
    .find((one) => one !== undefined);
  const picture = block.querySelector('svg.picture');
  if (record !== undefined && picture !== null) light(picture, record.dataset['record'] ?? '');
};

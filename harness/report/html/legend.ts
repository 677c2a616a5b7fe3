import type { Form, RecordPicture } from '../story/picture.ts';

/** The meaning of each mark of a witness, and its shape in a box of 16. */
const words: readonly (readonly [Form, string])[] = [
  ['sent', 'sent'],
  ['again', 'sent again'],
  ['refused', 'refused'],
  ['unknown', 'outcome unknown'],
  ['acknowledged', 'acknowledged'],
  ['stored', 'stored'],
  ['copy', 'a second copy'],
  ['unread', 'acknowledged, read by nobody'],
  ['delivered', 'delivered'],
  ['redelivered', 'delivered again'],
  ['done', 'done'],
  ['redone', 'done again'],
  ['checkpoint', 'checkpoint'],
  ['discarded', 'given up'],
  ['missing', 'not there'],
];

const disc = 'M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z';
const cross = [['cross late open', 'M4 4l8 8M12 4l-8 8']] as const;
const hexagon = 'M5 3h6l3 5-3 5H5L2 8z';
const tag = 'M2.5 2.5h11v7l-5.5 4-5.5-4z';

export const glyphs: Readonly<Record<Form | 'crossing', readonly (readonly [look: string, d: string])[]>> = {
  sent: [['mark neighbour full', disc]],
  again: [['mark late open', disc]],
  refused: cross,
  unknown: [
    ['mark neighbour open', disc],
    ['question', 'M6.6 6.6q.2-1.5 1.5-1.5 1.4 0 1.4 1.3 0 .8-.9 1.3-.5.4-.5 1.1M8.1 10.6v.2'],
  ],
  acknowledged: [['mark neighbour open', disc]],
  stored: [['mark neighbour full', 'M2.5 2.5h11v11h-11z']],
  copy: [
    ['mark neighbour open', 'M1.5 1.5h13v13h-13z'],
    ['mark neighbour full', 'M4 4h8v8h-8z'],
  ],
  unread: [['mark neighbour dashed', 'M2.5 2.5h11v11h-11z']],
  delivered: [['mark neighbour open', tag]],
  redelivered: [
    ['mark neighbour open', 'M1.5 1.5h13v8.5l-6.5 5-6.5-5z'],
    ['mark neighbour open', 'M4 4h8v5l-4 3-4-3z'],
  ],
  done: [['mark neighbour open', hexagon]],
  redone: [['mark late open', hexagon]],
  checkpoint: [['mark neighbour open', 'M4 14V2h9l-3 4 3 4h-9']],
  discarded: cross,
  missing: [['mark late dashed', 'M2.5 2.5h11v11h-11z']],
  crossing: [['crossing', 'M4.8 8a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z']],
};

export const legendOf = ({
  tracks,
  links,
}: RecordPicture): readonly { readonly form: Form | 'crossing'; readonly words: string }[] => {
  const forms = new Set(tracks.flatMap(({ marks }) => marks.map(({ form }) => form)));
  const own = words.filter(([form]) => forms.has(form)).map(([form, said]) => ({ form, words: said }));
  const isCrossed = links.some(({ kind }) => kind === 'moved');
  return isCrossed ? [...own, { form: 'crossing', words: 'two records change places' }] : own;
};

import { cut, cutEnd } from '../../lib/cut.ts';
import { isSaidTrack, type Track } from '../story/picture.ts';
import { lengthOf } from './wrap.ts';

/** What stands before each track: cut where it is too long, and told apart all the same. */
export const trackTitles = (tracks: readonly Track[], room: number): readonly string[] => {
  const short = tracks.map((track) => shortened(titlesOf(track), room));
  return short.map((title, index) =>
    short.indexOf(title) === index ? title : `${cut(title, room - 3).trimEnd()} ${index + 1}`,
  );
};

/** The longest that fits is taken. */
const titlesOf = ({ kind, title, subtitle }: Track): readonly string[] => {
  if (kind === 'delivered') return [subtitle.replace(/^to /, 'read by '), subtitle.replace(/^to /, 'by ')];
  // Whose checkpoint it is stands in the title of the picture.
  return [isSaidTrack(kind) && kind !== 'checkpoint' ? `${title} ${subtitle}` : title];
};

const shortened = (titles: readonly string[], room: number): string => {
  const last = titles.at(-1) ?? '';
  const end = Math.floor((room - 1) / 2);
  return titles.find((title) => lengthOf(title) <= room) ?? `${cut(last, room - 1 - end)}…${cutEnd(last, end)}`;
};

import { cut, cutEnd } from '../../lib/cut.ts';
import { isReportTrack, type Track } from '../story/picture.ts';
import { lengthOf } from './wrap.ts';

/** The title of each track: shortened if it is too long, and still unique. */
export const trackTitles = (tracks: readonly Track[], room: number): readonly string[] => {
  const short = tracks.map((track) => shortened(titlesOf(track), room));
  return short.map((title, index) =>
    short.indexOf(title) === index ? title : `${cut(title, room - 3).trimEnd()} ${index + 1}`,
  );
};

/** Possible titles of a track, the longest first. */
const titlesOf = ({ kind, title, subtitle }: Track): readonly string[] => {
  if (kind === 'delivered') return [subtitle.replace(/^to /, 'read by '), subtitle.replace(/^to /, 'by ')];
  // The title of the picture says whose checkpoint it is.
  return [isReportTrack(kind) && kind !== 'checkpoint' ? `${title} ${subtitle}` : title];
};

const shortened = (titles: readonly string[], room: number): string => {
  const last = titles.at(-1) ?? '';
  const end = Math.floor((room - 1) / 2);
  return titles.find((title) => lengthOf(title) <= room) ?? `${cut(last, room - 1 - end)}…${cutEnd(last, end)}`;
};

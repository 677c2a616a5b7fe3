import { expect, test } from 'vitest';
import type { Track } from '../story/picture.ts';
import { trackTitles } from './track-title.ts';

const readBy = (name: string): Track => ({ kind: 'delivered', title: 'delivered', subtitle: `to ${name}` }) as Track;

test('a reader is named whole where there is room, and told apart where there is none', () => {
  expect(trackTitles([readBy('app')], 14)).toEqual(['read by app']);
  const names = ['consumer', 'consumer under test', 'consumer with test', 'stream by consumer'];
  const titles = trackTitles(names.map(readBy), 14);
  expect(titles).toEqual(['by consumer', 'by cons…r test', 'by cons…h test', 'by stre…nsumer']);
  const alike = trackTitles([readBy('consumer one of test'), readBy('consumer two of test')], 14);
  expect(alike).toEqual(['by cons…f test', 'by cons…f t 2']);
  for (const title of [...titles, ...alike]) expect(title.length).toBeLessThanOrEqual(14);
});

import { describe, expect, test } from 'vitest';
import { checkedJudging, judgingArgsOf, judgingOfFlags, mergedJudging } from './judging-flags.ts';

describe('flags', () => {
  test('each list several times, and with commas', () => {
    const flags = { question: 'pipeline', forbid: ['key-reorder,duplicate', ' lost-write '], find: ['zombie-append'] };
    expect(judgingOfFlags(flags)).toEqual({
      question: 'pipeline',
      expect: { forbid: ['key-reorder', 'duplicate', 'lost-write'], find: ['zombie-append'] },
    });
    expect(judgingOfFlags({})).toEqual({});
  });

  test.each([
    [{ question: 'pipelin' }, '--question: there is no question "pipelin" (did you mean "pipeline"?)'],
    [{ forbid: ['key-reoder'] }, '--forbid: there is no anomaly "key-reoder" (did you mean "key-reorder"?)'],
    [{ allow: ['duplicate,reorder'] }, '--allow: there is no anomaly "reorder" (did you mean "key-reorder"?)'],
    [{ find: [''] }, '--find: there is no anomaly ""'],
    [{ ignore: ['duplicate,'] }, '--ignore: there is no anomaly ""'],
    [{ forbid: ['duplicate'], ignore: ['duplicate'] }, '--ignore: duplicate is in --forbid already'],
  ])('%j is refused', (flags, words) => {
    expect(() => judgingOfFlags(flags)).toThrow(expect.objectContaining({ code: 'usage', message: words }));
  });
});

test('what is said in code is held to the same', () => {
  expect(() => checkedJudging({ expect: { forbid: ['duplicat'] } })).toThrow('expect.forbid: there is no anomaly');
  expect(() => checkedJudging({ question: 'whose' })).toThrow('question: there is no question "whose"');
});

test('flags go over the configuration, anomaly by anomaly', () => {
  const config = { question: 'service', expect: { forbid: ['duplicate', 'key-reorder'], ignore: ['unseen'] } } as const;
  const flags = { question: 'pipeline', expect: { allow: ['duplicate'], forbid: ['lost-write'] } } as const;
  expect(mergedJudging(config, flags)).toEqual({
    question: 'pipeline',
    expect: { forbid: ['key-reorder', 'lost-write'], allow: ['duplicate'], ignore: ['unseen'] },
  });
  expect(mergedJudging(config, {})).toEqual(config);
  expect(mergedJudging({}, {})).toEqual({});
});

test('the line that replays a run carries them', () => {
  const expected = ' --question pipeline --forbid duplicate,lost-write --find key-reorder';
  const judging = {
    question: 'pipeline',
    expect: { find: ['key-reorder'], forbid: ['duplicate', 'lost-write'] },
  } as const;
  expect(judgingArgsOf(judging)).toBe(expected);
  expect(judgingArgsOf({})).toBe('');
});

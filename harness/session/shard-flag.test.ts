import { describe, expect, test } from 'vitest';
import { sliceOf } from './shard-flag.ts';

describe('--shard', () => {
  test('says which slice of how many, counted from 1', () => {
    expect(sliceOf('2/8', 'g', {})).toEqual({ index: 2, count: 8, group: 'g' });
    expect(sliceOf('1/1', 'g', {})).toEqual({ index: 1, count: 1, group: 'g' });
  });

  test.each([
    [
      'AWS Batch',
      'auto',
      { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '3', AWS_BATCH_JOB_ID: 'j-1:0' },
      { index: 1, count: 3, group: 'j-1' },
    ],
    ['Kubernetes', 'auto/4', { JOB_COMPLETION_INDEX: '3', HOSTNAME: 'load-3' }, { index: 4, count: 4, group: 'load' }],
    [
      'GitLab',
      'auto',
      { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3', CI_PIPELINE_ID: '99' },
      { index: 2, count: 3, group: '99' },
    ],
    [
      'GitHub',
      'auto',
      { KINESIS_ORDER_SHARD: '5/8', GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '2' },
      { index: 5, count: 8, group: '77-2' },
    ],
  ])('auto reads what %s sets', (_, said, environment, slice) => {
    expect(sliceOf(said, undefined, environment)).toEqual(slice);
  });

  test('what is said goes over what the runner calls the run', () => {
    const batch = { AWS_BATCH_JOB_ARRAY_INDEX: '1', AWS_BATCH_JOB_ARRAY_SIZE: '3', AWS_BATCH_JOB_ID: 'j-1:1' };
    expect(sliceOf('auto', 'mine', batch).group).toBe('mine');
  });

  test.each([
    ['0/3', {}, '--shard: there is no slice 0 of 3: they are counted from 1'],
    ['4/3', {}, '--shard: there is no slice 4 of 3: they are counted from 1'],
    ['1/0', {}, '--shard: a run has 1 to 40 slices, not 0'],
    ['1/41', {}, '--shard: a run has 1 to 40 slices, not 41'],
    ['half', {}, '--shard: expected i/n, auto or auto/n, got "half"'],
    ['auto', {}, '--shard auto: no variable tells which slice this is'],
    [
      'auto',
      { JOB_COMPLETION_INDEX: '0' },
      '--shard auto: JOB_COMPLETION_INDEX is set, and no variable tells of how many',
    ],
    ['auto/2', { JOB_COMPLETION_INDEX: '2' }, '--shard: there is no slice 3 of 2: they are counted from 1'],
    ['auto', { KINESIS_ORDER_SHARD: 'x' }, '--shard auto: expected i/n in KINESIS_ORDER_SHARD, got "x"'],
    [
      'auto',
      { CI_NODE_INDEX: 'x', CI_NODE_TOTAL: '2' },
      '--shard auto: expected a whole number in the environment, got "x"',
    ],
  ])('%s with %j is refused', (said, environment, message) => {
    expect(() => sliceOf(said, 'g', environment)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  test('slices that have no name to meet by are refused, and so is a name that no stream can have', () => {
    const refusal = '--shard: the slices of a run need one name, by which they meet';
    expect(() => sliceOf('1/2', undefined, {})).toThrow(expect.objectContaining({ code: 'usage', message: refusal }));
    expect(() => sliceOf('1/2', 'a b', {})).toThrow(/^--group: expected 1 to 40 letters/);
  });
});

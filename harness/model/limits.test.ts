import { describe, expect, test } from 'vitest';
import { checkedLimits, defaultProfile, type LimitName, limitProfileNames, limitProfiles, limitsOf } from './limits.ts';

const aws = limitsOf('aws');

describe('limits', () => {
  test.each(limitProfileNames)('of %s are whole numbers above zero, and nowhere more than AWS gives', (profile) => {
    const { shardRecordsPerSecond: _, shardBytesPerSecond: __, ...sizes } = limitsOf(profile);
    expect(() => checkedLimits(limitsOf(profile))).not.toThrow();
    for (const [name, value] of Object.entries(sizes)) expect(value).toBeLessThanOrEqual(aws[name as LimitName]);
  });

  test.each([
    ['aws', [500, 10_485_760, 1_048_576, 256, 1000, 1_048_576]],
    ['aws-2022', [500, 5_242_880, 1_048_576, 256, 1000, 1_048_576]],
    ['kinesis-local', [500, 10_485_760, 1_048_576, 256, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    ['kinesalite', [500, 5_242_880, 1_048_576, 256, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    ['localstack', [500, 10_485_760, 1_048_576, 256, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    ['moto', [500, 5_242_880, 1_048_576, 256, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    ['ministack', [500, 5_242_880, 1_048_576, 256, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
  ])('of %s are those that were read or measured', (profile, numbers) => {
    expect(Object.values(limitsOf(profile))).toEqual(numbers);
  });

  test('have each its unit', () => {
    expect(Object.entries(limitProfiles.aws).map(([name, { unit }]) => [name, unit])).toEqual([
      ['records', 'records'],
      ['requestBytes', 'bytes'],
      ['recordBytes', 'bytes'],
      ['keyCharacters', 'characters'],
      ['shardRecordsPerSecond', 'records/s'],
      ['shardBytesPerSecond', 'bytes/s'],
    ]);
    expect(Object.values(limitProfiles.moto).map(({ unit }) => unit)).toEqual(
      Object.values(limitProfiles.aws).map(({ unit }) => unit),
    );
    expect(limitProfileNames).toEqual(Object.keys(limitProfiles));
    expect(defaultProfile).toBe('aws');
  });

  test('name what is wrong with them', () => {
    for (const name of Object.keys(aws) as LimitName[])
      for (const value of [-1, 0, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
        expect(() => checkedLimits({ ...aws, [name]: value })).toThrow(
          `limits.${name}: ${value} is not a whole number`,
        );
  });

  test('of a profile that does not exist are refused with those that do', () => {
    expect(() => limitsOf('toString')).toThrow('there is no limit profile "toString"');
    try {
      limitsOf('azure');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'usage', hint: expect.stringContaining('aws, aws-2022, kinesis-local') });
    }
  });

  test("are the stream's own for a record, where it has any", () => {
    expect(limitsOf('moto', { maxRecordSizeInKiB: 10_240 })).toEqual({ ...limitsOf('moto'), recordBytes: 10_485_760 });
    expect(limitsOf('aws', { maxRecordSizeInKiB: 1024 }).recordBytes).toBe(1_048_576);
    for (const kib of [1023, 10_241, 1024.5, -1])
      expect(() => limitsOf('aws', { maxRecordSizeInKiB: kib })).toThrow(
        `maxRecordSizeInKiB: ${kib} is not a whole number from 1024 to 10240`,
      );
  });
});

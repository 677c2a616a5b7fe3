import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { additions, withAdditions } from '../generators/random/additions.ts';
import { attempts } from '../generators/random/attempts.ts';
import { callsThatAreRead } from '../generators/random/overlapping-calls.ts';
import { readingsOfAcked } from '../generators/random/readings.ts';
import { consumersUnderTest } from '../generators/random/subjects.ts';
import { timedReadings } from '../generators/random/timed-readings.ts';
import { topologies } from '../generators/random/topologies.ts';
import { differentlyFound } from './agree.ts';

describe('the checks and the slow judge give the same verdict', () => {
  test.prop([readingsOfAcked], { numRuns: 120 })(
    'of readers that begin, end, and leave out what they like',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );

  test.prop([callsThatAreRead], { numRuns: 120 })(
    'of calls that overlap and get what places they like',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );

  test.prop([topologies], { numRuns: 120 })('of topologies that hold together or do not', async (lines) => {
    expect(await differentlyFound(lines)).toEqual([]);
  });

  test.prop([attempts], { numRuns: 120 })(
    'of records that are sent again and come back as they like',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );

  test.prop([timedReadings], { numRuns: 120 })(
    'of readers before and behind a reshard, in time and late',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );

  test.prop([attempts, additions], { numRuns: 200 })(
    'of these with flows, counters and questions',
    async (lines, more) => {
      expect(await differentlyFound(withAdditions(lines, more))).toEqual([]);
    },
  );

  test.prop([callsThatAreRead, additions], { numRuns: 200 })(
    'of calls that overlap, with flows, counters and questions',
    async (lines, more) => {
      expect(await differentlyFound(withAdditions(lines, more))).toEqual([]);
    },
  );

  test.prop([consumersUnderTest], { numRuns: 300 })(
    'of consumers under test that are given what they like, and say what they like',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recordAdversary } from './record-adversary.ts';

let said = '';
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => void vi.restoreAllMocks());

type Fired = Readonly<Record<string, number>>;

/** A command that ends so, by its seed and intensity. */
const under = async (
  flags: { readonly adversary: string; readonly intensity?: string },
  run: (
    seed: number,
    intensity: number,
  ) => { readonly code: number; readonly fired: Fired; readonly requests?: number },
) => {
  const faults: string[] = [];
  const reported: string[] = [];
  const code = await recordAdversary(['node'], flags, ['record', '--', 'node'], ({ fault, isReported, onResult }) => {
    const [, seed, intensity] = /seed=(\d+),intensity=([\d.]+)/.exec(fault[0] ?? '') ?? [];
    const { code: ended, fired, requests = 9 } = run(Number(seed), Number(intensity));
    faults.push(`${seed}@${intensity}`);
    onResult({ fired, requests });
    if (isReported(ended)) reported.push(`${seed}@${intensity}`);
    return Promise.resolve(ended);
  });
  return { code, faults, reported };
};

describe('record --adversary', () => {
  test('seeds that fire much keep their intensity, and what they fired is said', async () => {
    const { code, faults, reported } = await under({ adversary: '2' }, () => ({
      code: 0,
      fired: { delay: 3, swap: 1 },
    }));
    expect({ code, faults, reported }).toEqual({ code: 0, faults: ['1@0.1', '2@0.1'], reported: ['2@0.1'] });
    expect(said).toContain('seed 1 of 2: held; fired: delay 3, swap 1');
    expect(said).toContain('none of 2 seeds broke it\n');
  });

  test('a command of few calls meets more, and a seed that fired nothing is run again', async () => {
    const { code, faults, reported } = await under({ adversary: '2' }, (_, intensity) => ({
      code: intensity < 0.3 ? 4 : 0,
      fired: intensity < 0.3 ? {} : { delay: 1 },
    }));
    expect({ code, faults }).toEqual({ code: 0, faults: ['1@0.1', '1@0.2', '1@0.4', '2@0.5'] });
    expect(reported).toEqual(['2@0.5']);
    expect(said).toContain('the command makes few calls: the intensity is 0.2 from here on');
  });

  test('a seed whose faults hit no call has tested nothing: 4, never 0', async () => {
    const { code, faults } = await under({ adversary: '3', intensity: '0.2' }, (seed) => ({
      code: seed === 2 ? 4 : 0,
      fired: seed === 2 ? {} : { delay: 2 },
    }));
    expect({ code, faults }).toEqual({ code: 4, faults: ['1@0.2', '2@0.2', '3@0.2'] });
    expect(said).toMatch(/none of 3 seeds broke it; 1 were inconclusive \(nothing was proved/);
  });

  test('a program that calls nobody is not started again', async () => {
    const { code, faults, reported } = await under({ adversary: '9' }, () => ({ code: 4, fired: {}, requests: 0 }));
    expect({ code, faults, reported }).toEqual({ code: 4, faults: ['1@0.1'], reported: ['1@0.1'] });
  });

  test('the first that breaks a promise ends it, with the fault that replays it', async () => {
    const { code, faults, reported } = await under({ adversary: '9' }, (seed) => ({
      code: seed === 2 ? 1 : 0,
      fired: { delay: 5 },
    }));
    expect({ code, faults, reported }).toEqual({ code: 1, faults: ['1@0.1', '2@0.1'], reported: ['2@0.1'] });
    expect(said).toContain('a promise is broken; fired: delay 5; replay with --fault adversary:seed=2,intensity=0.1');
  });
});

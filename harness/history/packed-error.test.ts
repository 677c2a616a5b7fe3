import { describe, expect, test } from 'vitest';
import { HarnessError, limitHint } from '../lib/error.ts';
import { packedError, unpackedError } from './packed-error.ts';

const sent = (thrown: unknown): Error => unpackedError(structuredClone(packedError(thrown)));
const ofSystem = (code: string): Error => Object.assign(new Error(`${code}: out of luck`), { code });

describe('an error that another thread sends', () => {
  test('keeps the code of the system, and its cause', () => {
    const error = sent(new Error('cannot go on', { cause: ofSystem('EMFILE') }));
    expect(error).toMatchObject({ message: 'cannot go on', cause: { message: 'EMFILE: out of luck', code: 'EMFILE' } });
    expect(error).not.toBeInstanceOf(HarnessError);
    expect(error).not.toHaveProperty('code');
    expect(limitHint(error)).toContain('may open no more files');
    expect(sent(ofSystem('EIO'))).toMatchObject({ code: 'EIO', message: 'EIO: out of luck' });
  });

  test('for the user stays one, with its hint and its cause', () => {
    const error = sent(new HarnessError('target', 'cannot read', { hint: 'do this', cause: ofSystem('EIO') }));
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({ code: 'target', message: 'cannot read', hint: 'do this', cause: { code: 'EIO' } });
    const plain = sent(new HarnessError('usage', 'no'));
    expect(plain).toMatchObject({ code: 'usage', hint: undefined });
    expect(plain).not.toHaveProperty('cause');
  });

  test('whose code is a word of ours is not taken for one of ours', () => {
    expect(sent(ofSystem('usage'))).not.toBeInstanceOf(HarnessError);
  });

  test('of any shape comes through: no error, a code that is no text, its own cause', () => {
    expect(sent('text')).toMatchObject({ message: 'text' });
    expect(sent(Object.assign(new Error('odd'), { code: () => 1 }))).not.toHaveProperty('code');
    const own = new Error('own');
    own.cause = own;
    expect(sent(own)).toMatchObject({ message: 'own', cause: { message: 'own' } });
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { clipped, visible } from './visible.ts';

describe('what is shown of foreign text', () => {
  test('control characters, marks of direction and halves of a pair are named', () => {
    expect(visible('a\u0000\u001b[31m')).toBe('a⟨NUL⟩⟨ESC⟩[31m');
    expect(visible('user\u202egnp.exe')).toBe('user⟨RLO⟩gnp.exe');
    expect(visible('a\u200bb\ufeffc')).toBe('a⟨U+200B⟩b⟨U+FEFF⟩c');
    expect(visible('x\ud800y')).toBe('x⟨U+D800⟩y');
    expect(visible('schlüssel 😀 木 <b>')).toBe('schlüssel 😀 木 <b>');
  });

  test('a long text is cut where a character ends', () => {
    expect(clipped('😀😀😀', 2)).toBe('😀…');
    expect(clipped('abc', 3)).toBe('abc');
  });

  test.prop([fc.string({ unit: 'binary' })])('no control character is left, and it is well formed', (text) => {
    expect(visible(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(visible(text).isWellFormed()).toBe(true);
  });
});

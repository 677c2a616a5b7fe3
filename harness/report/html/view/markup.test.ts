import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { markup } from './markup.ts';

describe('templates of HTML', () => {
  test('texts are escaped, markup is not, lists are joined', () => {
    const item = (text: string) => markup`<li title="${text}">${text}</li>`;
    expect(markup`<ul>${['<b>', '"x"'].map(item)}${null}${3}</ul>`.text).toBe(
      '<ul><li title="&#60;b&#62;">&#60;b&#62;</li><li title="&#34;x&#34;">&#34;x&#34;</li>3</ul>',
    );
  });

  test.prop([fc.string({ unit: 'binary' })])('no text can leave its place', (text) => {
    const [, inside = ''] = /^<i title="([^"]*)">/.exec(markup`<i title="${text}">${text}</i>`.text) ?? [];
    expect(inside).not.toMatch(/[<>"']/);
    expect(inside.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toBe(text);
  });
});

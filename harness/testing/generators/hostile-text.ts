import { fc } from '@fast-check/vitest';

/** Kinds of characters and phrases that a program which reads a report might act on. */
const kinds = {
  'C0 controls': fc.constantFrom('\0', '\u0007', '\b', '\t', '\u000b', '\f', '\u001b', '\u007f'),
  'C1 controls': fc.constantFrom('\u0080', '\u0085', '\u009b31m', '\u009d8;;x\u009c'),
  'ends of lines': fc.constantFrom('\n', '\r', '\r\n', '\u2028', '\u2029'),
  'marks of direction': fc.constantFrom('\u202e', '\u2066', '\u2069', '\u200f', '\u061c'),
  'characters of no width': fc.constantFrom('\u200b', '\ufeff', '\u00ad', '\u{e0041}'),
  'no characters': fc.constantFrom('\ud800', '\udc00', '\ufffe', '\uffff', '\u{1fffe}'),
  'codes of terminals': fc.constantFrom(
    '\u001b[31m',
    '\u001b[2J',
    '\u001b]8;;http://x\u0007',
    '\u001b]52;c;aGk=\u0007',
  ),
  'commands of a CI job': fc.constantFrom(
    '\n::error::x',
    '\n  ::stop-commands::x',
    '::add-mask::x',
    '##[error]x',
    '\r::x::',
    '%0A::x::',
  ),
  markup: fc.constantFrom('<script>x</script>', '<!--', ']]>', '&lt;', '"\'', '</pre>', '</details>', '</summary>'),
  markdown: fc.constantFrom(
    '|',
    '\\|',
    '\\',
    '`',
    '```',
    '~~~',
    '![x](http://x)',
    '[x](javascript:x)',
    '\n\n# x',
    '**',
  ),
  'names of the language': fc.constantFrom('__proto__', 'constructor', '${x}', '%s'),
  anything: fc.string({ unit: 'binary', maxLength: 8 }),
};
/** A text made of a few of them. */
export const hostileText = fc
  .array(fc.oneof(...Object.values(kinds), fc.string({ unit: 'grapheme-ascii', maxLength: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

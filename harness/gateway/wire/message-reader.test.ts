import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  answerFraming,
  type RequestHead,
  readAnswerHead,
  readRequestHead,
  requestFraming,
  requestLine,
} from './head.ts';
import { messageReader, UnreadableMessage } from './message-reader.ts';

type Read = { readonly bodies: string[]; readonly raw: Buffer; readonly left: Buffer; readonly isWrong: boolean };

/** Reads all parts as a connection does: what is left of one goes on at once. */
const readAll = (parts: readonly Buffer[]): Read => {
  const bodies: string[] = [];
  const raw: Buffer[] = [];
  let body: Buffer[] = [];
  let unread: Buffer = Buffer.alloc(0);
  let isWrong = false;
  const reader = messageReader<RequestHead>(
    { read: readRequestHead, framing: requestFraming, firstLine: requestLine },
    {
      head: () => undefined,
      raw: (bytes) => void raw.push(bytes),
      body: (bytes) => void body.push(bytes),
      end: () => {
        bodies.push(Buffer.concat(body).toString('latin1'));
        body = [];
      },
    },
  );
  for (const part of parts) {
    if (isWrong) {
      unread = Buffer.concat([unread, part]);
      continue;
    }
    try {
      for (let rest: Buffer | undefined = part; rest !== undefined; ) rest = reader.push(rest);
    } catch (thrown) {
      if (!(thrown instanceof UnreadableMessage)) throw thrown;
      isWrong = true;
      unread = thrown.bytes;
    }
  }
  return { bodies, raw: Buffer.concat(raw), left: isWrong ? unread : (reader.held() ?? Buffer.alloc(0)), isWrong };
};

const cut = (bytes: Buffer, places: readonly number[]): readonly Buffer[] => {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at]
    .map((start, index) => bytes.subarray(start, at[index] ?? bytes.length))
    .filter(({ length }) => length > 0);
};

const token = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,11}$/)
  .filter((name) => !/^(content-length|transfer-encoding)$/i.test(name));
const value = fc.stringMatching(/^[!-~ ]{0,20}$/);
const text = fc.stringMatching(/^[\x20-\x7e\r\n]{0,60}$/);

const chunked = (body: string, size: number): string => {
  const chunks = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;
};
const messageWith = (body: fc.Arbitrary<string>): fc.Arbitrary<{ readonly body: string; readonly bytes: string }> =>
  fc
    .record({ fields: fc.array(fc.tuple(token, value), { maxLength: 5 }), body, size: fc.integer({ min: 0, max: 9 }) })
    .map(({ fields, body, size }) => {
      const lines = fields.map(([name, of]) => `${name}: ${of}`);
      const framing = size > 0 ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
      const head = ['POST /a HTTP/1.1', ...lines, framing].join('\r\n');
      return { body, bytes: `${head}\r\n\r\n${size > 0 ? chunked(body, size) : body}` };
    });
const message = messageWith(text);
/** Noise may push the end of a body out of it: a line end there would be an empty line before the next message. */
const messageOfOneLine = messageWith(text.map((body) => body.replaceAll(/[\r\n]/g, ' ')));
const places = fc.array(fc.nat(), { maxLength: 12 });

/** Empty lines before a message are dropped. */
const isNoLineEnd = (byte: number): boolean => byte !== 13;

describe('HTTP/1.1 messages, split at any byte', () => {
  test.prop([fc.array(message, { minLength: 1, maxLength: 4 }), places])(
    'are read one by one, and no byte is lost',
    (messages, at) => {
      const bytes = Buffer.from(messages.map((one) => one.bytes).join(''));
      const read = readAll(cut(bytes, at));
      expect(read).toEqual({
        bodies: messages.map(({ body }) => body),
        raw: bytes,
        left: Buffer.alloc(0),
        isWrong: false,
      });
    },
  );

  test.prop([fc.array(messageOfOneLine, { maxLength: 2 }), fc.uint8Array({ maxLength: 80 }), fc.nat(), places])(
    'with noise in them lose no byte, and never crash the reader',
    (messages, noise, at, cuts) => {
      const good = Buffer.from(messages.map((one) => one.bytes).join(''));
      const where = at % (good.length + 1);
      const bytes = Buffer.concat([good.subarray(0, where), noise.filter(isNoLineEnd), good.subarray(where)]);
      const { raw, left } = readAll(cut(bytes, cuts));
      expect(Buffer.concat([raw, left])).toEqual(bytes);
    },
  );
});

describe('the framing of an answer', () => {
  const framing = (head: string, isToHead = false): unknown => {
    const read = readAnswerHead(head);
    return read === undefined ? 'unreadable' : answerFraming(read, isToHead);
  };
  test.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 5', 5],
    ['HTTP/1.1 200 OK\r\ncontent-length:5', 5],
    ['HTTP/1.1 200', 'until-close'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked', 'chunked'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip', 'until-close'],
    ['HTTP/1.1 204 No Content\r\nContent-Length: 5', 0],
    ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5', 0],
    ['HTTP/1.1 100 Continue', 0],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6', undefined],
    ['HTTP/1.1 200 OK\r\nContent-Length: five', undefined],
    ['HTTP/2 200 OK', 'unreadable'],
    ['HTTP/1.1 200 OK\r\n folded', 'unreadable'],
  ])('%j', (head, expected) => {
    expect(framing(head)).toBe(expected);
  });
  test('to HEAD is an empty body', () => {
    expect(framing('HTTP/1.1 200 OK\r\nContent-Length: 5', true)).toBe(0);
  });
});

import type { ServerResponse } from 'node:http';
import type { Lie, LyingCall, Output } from './lying-engine.ts';

/**
 * Ways in which an engine misbehaves, to be put together: `on('GetRecords', drips)`. Everything is a call of the API
 * but the requests for health pages, which pass.
 */
type Answer = NonNullable<Lie['answer']>;
type Take = (response: ServerResponse, call: LyingCall) => void;

const json = { 'content-type': 'application/x-amz-json-1.1' };
export const everything = '*';

/** Every call of an action, after so many that were right. */
export const on = (action: string, take: Take, after = 0): Lie => ({
  answer: ((call, response) => {
    const isMeant = action === everything ? call.action !== '' : call.action === action;
    if (!isMeant || call.count < after) return false;
    take(response, call);
    return true;
  }) satisfies Answer,
});

/** The right answer with some of its fields replaced; a function sees what was right. */
export const spoil = (
  action: string,
  fields: Output | ((output: Output, call: LyingCall) => unknown),
  after = 0,
): Lie => ({
  change: (call, output) => {
    if (call.action !== action || call.count < after) return output;
    return typeof fields === 'function' ? fields(output, call) : { ...output, ...fields };
  },
});

/** Spoils each item of a list of the answer. */
export const spoilItems = (action: string, list: string, fields: Output | null): Lie =>
  spoil(action, (output) => {
    const items = Array.isArray(output[list]) ? (output[list] as readonly Output[]) : [];
    return { ...output, [list]: items.map((item) => (fields === null ? null : { ...item, ...fields })) };
  });

export const body =
  (text: string, status = 200, headers: Readonly<Record<string, string>> = json): Take =>
  (response) => {
    response.writeHead(status, headers).end(text);
  };
export const refuses = (error: string, status = 400, message: unknown = 'in its own words'): Take =>
  body(JSON.stringify({ __type: error, message }), status);
export const html = (status: number): Take =>
  body('<html><h1>Hello</h1></html>', status, { 'content-type': 'text/html' });
export const hangs: Take = () => undefined;
export const resets: Take = (response) => void response.socket?.resetAndDestroy();
/** Says goodbye and answers nothing. */
export const halfCloses: Take = (response) => void response.socket?.end();
export const garbage: Take = (response) => void response.socket?.end('\u0000\u0001 this is no HTTP\r\n\r\n');
export const drips: Take = (response) => {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
/** Promises more than it sends: then closes, or waits. */
export const cut =
  (isClosed: boolean): Take =>
  (response) => {
    response.writeHead(200, { ...json, 'content-length': '5000' });
    response.write('{"Records":[');
    if (isClosed) setTimeout(() => response.destroy(), 20);
  };

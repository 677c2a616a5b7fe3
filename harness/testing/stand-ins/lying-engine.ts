import type { ServerResponse } from 'node:http';
import { type CannedEngine, cannedEngine } from './canned-engine.ts';
import { forward } from './forward.ts';

/** One call, as the engine sees it; `count` is how many of this action came before it. */
export type LyingCall = {
  /** `PutRecord`; empty for what is no call of the API. */
  readonly action: string;
  readonly count: number;
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
};
export type Output = Record<string, unknown>;
/**
 * How an engine misbehaves. `answer` takes the connection (and says so) before anybody is asked; `change` is given the
 * right answer to spoil. What neither touches is the engine's own.
 */
export type Lie = {
  readonly answer?: (call: LyingCall, response: ServerResponse) => boolean;
  readonly change?: (call: LyingCall, output: Output) => unknown;
};
export type LyingEngine = Pick<CannedEngine, 'endpoint' | 'close'>;

/** Stands before a real engine, and lies. */
export const lyingEngine = (upstream: string, { answer, change }: Lie): Promise<LyingEngine> => {
  const counts = new Map<string, number>();
  return cannedEngine((response, { method, target, headers, body }) => {
    response.on('error', () => undefined);
    const action = actionOf(headers['x-amz-target']);
    const count = counts.get(action) ?? 0;
    counts.set(action, count + 1);
    const call = { action, count, path: target, input: parsed(body) };
    if (answer?.(call, response) === true) return;
    void forward(upstream, { method, url: target, headers }, body).then(
      ({ status, type, body: right }) => {
        const isSpoiled = change !== undefined && status === 200 && action !== '';
        response.writeHead(status, { 'content-type': type });
        response.end(isSpoiled ? JSON.stringify(change(call, parsed(right))) : right);
      },
      () => response.destroy(),
    );
  });
};

const actionOf = (target: string | readonly string[] | undefined): string =>
  String(target ?? '')
    .split('.')
    .at(-1) ?? '';

const parsed = (body: Buffer): Output => {
  try {
    return JSON.parse(body.toString('utf8')) as Output;
  } catch {
    return {};
  }
};

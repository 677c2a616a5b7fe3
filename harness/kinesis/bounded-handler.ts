import type { IncomingMessage } from 'node:http';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];

/**
 * An HTTP handler with a deadline for the body of an answer, too. The SDK's timer stops when the head has arrived, so
 * it would not stop a body that never ends.
 */
export class BoundedHandler extends NodeHttpHandler {
  readonly #bodyMs: number;

  constructor(options: NodeHttpHandlerOptions & { readonly requestTimeout: number }) {
    super(options);
    this.#bodyMs = options.requestTimeout;
  }

  override async handle(...args: Parameters<Handle>): ReturnType<Handle> {
    const handled = await super.handle(...args);
    // A subscription is an answer without an end. The signal of its reader ends it.
    if (/eventstream/.test(handled.response.headers['content-type'] ?? '')) return handled;
    const body = handled.response.body as IncomingMessage;
    const timer = setTimeout(() => void body.destroy(late(this.#bodyMs)), this.#bodyMs);
    body.once('close', () => clearTimeout(timer));
    return handled;
  }
}

const late = (ms: number): Error =>
  Object.assign(new Error(`the body of the answer was incomplete ${ms} ms after its head`), {
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  });

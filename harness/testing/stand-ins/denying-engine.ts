import { type LyingEngine, lyingEngine } from './lying-engine.ts';

export type Denial = { readonly error: string; readonly message: string };
/** Undefined lets a call pass. `count` is how many calls of this action there were before. */
export type Deny = (action: string, count: number) => Denial | undefined;

/**
 * Stands before a real engine and answers some of its calls as AWS refuses them, which no emulator does: they check
 * neither rights nor keys.
 */
export const denyingEngine = (upstream: string, deny: Deny): Promise<LyingEngine> =>
  lyingEngine(upstream, {
    answer: ({ action, count }, response) => {
      const denial = deny(action, count);
      if (denial === undefined) return false;
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: denial.error, message: denial.message }));
      return true;
    },
  });

import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer, ProxiedAnswer } from '../fault.ts';
import { callDetail, isList, listOptions, needsLister } from './control-options.ts';
import { isWholeList, shardsIn, wholeList, withShards } from './shard-lists.ts';

/** The rest of a list is kept for its next page. If there are more lists than this, the oldest is forgotten. */
const listsMax = 1000;
let arms = 0;

/** Answers ListShards with a few shards per page. A client that ignores NextToken knows only a part of the stream. */
export const pagedShards = defineFault({
  type: 'paged-shards',
  at: 'list',
  lasts: true,
  summary: 'ListShards returns only a few shards a page',
  legal: {
    grade: 'documented',
    sentence:
      'When the number of shards in the data stream is greater than the default value for the MaxResults parameter … the response includes a pagination token named NextToken.',
    source: 'SDK, ListShards; MaxResults is a maximum',
  },
  options: z.strictObject({
    ...listOptions,
    /** How many consecutive lists it affects. Default 1. */
    lists: z.int().min(1).max(10_000).default(1),
    /** The number of shards of a page. Default 1. */
    shards: z.int().min(1).max(10_000).default(1),
  }),
  conflicts: needsLister,
  draw: (random, call) => (call.api === 'ListShards' && isWholeList(call) ? { shards: random.int(1, 2) } : undefined),
  arm: (options, tools) => {
    const begun = new Begun();
    return async (call, forward) => {
      if (call.api !== 'ListShards') return forward(call.body);
      const token = textIn(call.body, 'NextToken');
      const held = token === undefined ? undefined : begun.find(token);
      if (held !== undefined) return page(held, options.shards, begun);
      const isFirst = !tools.isHealed() && isList(options, call, tools) && isWholeList(call);
      if (!isFirst) return forward(call.body);
      const whole = await wholeList(call, forward);
      if (!isOk(whole)) return whole;
      if (shardsIn(whole).length > options.shards) tools.fired(call, callDetail(call));
      return page({ whole, from: 0 }, options.shards, begun);
    };
  },
});

type Rest = { readonly whole: Answer; readonly from: number };

const page = ({ whole, from }: Rest, size: number, begun: Begun): ProxiedAnswer => {
  const all = shardsIn(whole);
  const next = from + size;
  const more = next < all.length ? { NextToken: begun.keep({ whole, from: next }) } : {};
  return withShards(whole, all.slice(from, next), more);
};

/**
 * Keeps lists between their pages. All pages of a list are cut from the same answer, whatever is resharded or shuffled
 * meanwhile. A token may be used again.
 */
class Begun {
  readonly #id = ++arms;
  readonly #rests = new Map<string, Rest>();
  #tokens = 0;

  keep(rest: Rest): string {
    this.#tokens += 1;
    const token = Buffer.from(`kinesis-order-paged:${this.#id}:${this.#tokens}`).toString('base64url');
    this.#rests.set(token, rest);
    const [oldest] = this.#rests.keys();
    if (this.#rests.size > listsMax && oldest !== undefined) this.#rests.delete(oldest);
    return token;
  }

  find(token: string): Rest | undefined {
    return this.#rests.get(token);
  }
}

import { z } from 'zod';
import { isOk, textOf } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer, ProxiedAnswer, Shape } from '../fault.ts';
import { callDetail, isList, listOptions, needsLister } from './control-options.ts';
import { isWholeList, shardsIn, wholeList, withShards } from './shard-lists.ts';

const tokenStart = 'kinesis-order-paged:';
type Token = { readonly input: Shape; readonly from: number };

/** ListShards a few shards a page. Who does not ask for the next page knows half of the stream. */
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
    /** Shards of a page. Default 1. */
    shards: z.int().min(1).max(10_000).default(1),
  }),
  conflicts: needsLister,
  draw: (random, { api }) => (api === 'ListShards' ? { shards: random.int(1, 2) } : undefined),
  arm: (options, tools) => async (call, forward) => {
    if (call.api !== 'ListShards') return forward(call.body);
    const token = tokenIn(call.body);
    const isFirst = !tools.isHealed() && isList(options, call, tools) && isWholeList(call);
    if (token === undefined && !isFirst) return forward(call.body);
    const { input, from } = token ?? { input: call.body, from: 0 };
    const whole = await wholeList({ ...call, body: input }, forward);
    if (!isOk(whole)) return whole;
    const isPaged = shardsIn(whole).length > from + options.shards;
    if (isFirst && isPaged) tools.fired(call, callDetail(call));
    return page(whole, { input, from }, options.shards);
  },
});

const page = (whole: Answer, { input, from }: Token, size: number): ProxiedAnswer => {
  const all = shardsIn(whole);
  const next = { input, from: from + size };
  const more = next.from < all.length ? { NextToken: `${tokenStart}${encoded(next)}` } : {};
  return withShards(whole, all.slice(from, next.from), more);
};

const encoded = (token: Token): string => Buffer.from(JSON.stringify(token)).toString('base64url');

const tokenIn = (body: Shape): Token | undefined => {
  const text = textOf(body, 'NextToken');
  if (text?.startsWith(tokenStart) !== true) return undefined;
  return JSON.parse(Buffer.from(text.slice(tokenStart.length), 'base64url').toString()) as Token;
};

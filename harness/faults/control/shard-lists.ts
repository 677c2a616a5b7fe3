import { isOk, listIn } from '../answers.ts';
import type { Answer, Forward, ProxiedAnswer, ProxiedCall, Shape } from '../fault.ts';

/** The shards of an answer of ListShards or DescribeStream. */
export const shardsIn = ({ body }: Answer): readonly Shape[] => listIn(listHolder(body), 'Shards');

export const withShards = (answer: Answer, shards: readonly Shape[], more: Shape = {}): Answer => {
  const description = answer.body['StreamDescription'];
  const body =
    description === undefined
      ? { ...answer.body, Shards: shards, ...more }
      : { ...answer.body, StreamDescription: { ...(description as Shape), Shards: shards, ...more } };
  return { ...answer, body };
};

const listHolder = (body: Shape): Shape => (body['StreamDescription'] as Shape | undefined) ?? body;

/** The answer of DescribeStream or DescribeStreamSummary with the status UPDATING in place of ACTIVE. */
export const asUpdating = (answer: Answer): Answer => {
  const body = { ...answer.body };
  for (const field of ['StreamDescription', 'StreamDescriptionSummary']) {
    const told = body[field] as Shape | undefined;
    if (told?.['StreamStatus'] === 'ACTIVE') body[field] = { ...told, StreamStatus: 'UPDATING' };
  }
  return { ...answer, body };
};

/**
 * True if the call asks for the whole list, from its beginning: it names no shard to begin after, no token and no
 * filter.
 */
export const isWholeList = ({ body }: ProxiedCall): boolean =>
  ['ExclusiveStartShardId', 'NextToken', 'ShardFilter'].every(
    (field) => body[field] === undefined || body[field] === null,
  );

/** All pages of a list by the engine's own tokens, as one answer. */
export const wholeList = async ({ api, body }: ProxiedCall, forward: Forward): Promise<ProxiedAnswer> => {
  const { MaxResults: _, Limit: __, ...asked } = body;
  const first = await forward(asked);
  if (!isOk(first)) return first;
  const shards = [...shardsIn(first)];
  let { NextToken: next } = first.body;
  for (let page = 0; api === 'ListShards' && typeof next === 'string' && page < pagesMax; page += 1) {
    const answer = await forward({ NextToken: next });
    if (!isOk(answer)) return answer;
    shards.push(...shardsIn(answer));
    ({ NextToken: next } = answer.body);
  }
  const { NextToken: ___, ...bare } = first.body;
  return withShards({ ...first, body: bare }, shards);
};

const pagesMax = 1000;

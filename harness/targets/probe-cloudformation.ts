import type { ClientOptions } from '../kinesis/kinesis.ts';

/**
 * How long an answer may take. An engine may load its CloudFormation at the first call, which takes seconds, and
 * giving up early would silently skip scenarios.
 */
const answerMs = 20_000;

/**
 * True if the engine has CloudFormation, tested by ListStacks. Emulators route by the scope of the signature and do
 * not verify it. So the signature here is not a real one, and the CloudFormation SDK stays in one place. Without an
 * endpoint the target is AWS, which has CloudFormation.
 */
export const probeCloudformation = async ({ endpoint, region }: ClientOptions): Promise<boolean> => {
  if (endpoint === undefined) return true;
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      signal: AbortSignal.timeout(answerMs),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: 'Action=ListStacks&Version=2010-05-15',
    });
    return answer.ok && (await answer.text()).includes('<ListStacksResponse');
  } catch {
    return false;
  }
};

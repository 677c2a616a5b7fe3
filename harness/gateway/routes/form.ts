import type { LocalRequest } from '../local-route.ts';

/** The action of a request in the AWS Query protocol (a form); undefined for other requests. */
export const formAction = ({ contentType, body }: LocalRequest): string | undefined => {
  if (contentType?.startsWith('application/x-www-form-urlencoded') !== true || body.length > formBytesMax)
    return undefined;
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('Action') ?? undefined;
};

/** CloudWatch accepts forms of up to 1 MB. */
const formBytesMax = 2 * 1024 * 1024;

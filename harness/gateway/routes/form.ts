import type { LocalRequest } from '../local-route.ts';

/** The action of a request in the AWS Query protocol (a form); undefined where it is none. */
export const formAction = ({ contentType, body }: LocalRequest): string | undefined => {
  if (contentType?.startsWith('application/x-www-form-urlencoded') !== true || body.length > formBytesMax)
    return undefined;
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('Action') ?? undefined;
};

/** CloudWatch takes forms of 1 MB. */
const formBytesMax = 2 * 1024 * 1024;

import { randomUUID } from 'node:crypto';
import type { CredentialScope } from '../../tap/call.ts';
import type { LocalRoute } from '../local-route.ts';
import { formAction } from './form.ts';

export type CallerIdentityOptions = {
  /** The account in which the engine keeps the streams of these credentials: KPL builds stream ARNs with it. */
  readonly account?: (scope: CredentialScope) => string | Promise<string>;
};

/** STS GetCallerIdentity. KPL sends it to the same port as all its other calls. */
export const callerIdentity = ({ account = accountByKey }: CallerIdentityOptions = {}): LocalRoute => ({
  matches: ({ method, scope }) => method === 'POST' && scope.service === 'sts',
  answer: async (request) => {
    if (formAction(request) !== 'GetCallerIdentity') return undefined;
    const { scope } = request;
    const id = await account(scope);
    return { status: 200, contentType: 'text/xml', body: identity(id, scope.accessKeyId ?? id) };
  },
});

/** Like emulators: an access key id of twelve digits is the account; for any other, all share one account. */
const accountByKey = ({ accessKeyId = '' }: CredentialScope): string =>
  /^\d{12}$/.test(accessKeyId) ? accessKeyId : '000000000000';

const identity = (account: string, user: string): string =>
  [
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>',
    `<Arn>arn:aws:iam::${escaped(account)}:root</Arn>`,
    `<UserId>${escaped(user)}</UserId><Account>${escaped(account)}</Account>`,
    `</GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`,
    '</GetCallerIdentityResponse>',
  ].join('');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

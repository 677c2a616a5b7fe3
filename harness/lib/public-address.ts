/**
 * An address that may be printed and stored: without its user name and password. Calls are signed with AWS keys, so
 * nothing needs those.
 */
export const publicAddress = (address: string): string => {
  if (!address.includes('@')) return address;
  if (!URL.canParse(address)) return address.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1');
  const bare = address.replace(/^(\s*[a-z][\w+.-]*:\/\/)[^/?#\\]*@/i, '$1');
  const url = new URL(bare);
  if (url.host !== '' && url.username === '' && url.password === '') return bare;
  // `http:name@host` and the like parse as addresses too; `name:pw@host` parses as a scheme and a path.
  [url.username, url.password] = ['', ''];
  return url.host === '' ? bare.replace(/^.*@/s, '') : url.href;
};

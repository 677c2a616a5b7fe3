/**
 * An address as it may be told and kept: without the name and password that stand in it. Calls are signed with AWS
 * keys, so nothing here needs them.
 */
export const publicAddress = (address: string): string => {
  if (!address.includes('@')) return address;
  if (!URL.canParse(address)) return address.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1');
  const bare = address.replace(/^(\s*[a-z][\w+.-]*:\/\/)[^/?#\\]*@/i, '$1');
  const url = new URL(bare);
  if (url.host !== '' && url.username === '' && url.password === '') return bare;
  // `http:name@host` and its like are taken for addresses too; `name:pw@host` for a scheme and a path.
  [url.username, url.password] = ['', ''];
  return url.host === '' ? bare.replace(/^.*@/s, '') : url.href;
};

/** The bytes of a payload in a string: base64, as in the API, or the string itself. */
export const payloadOf = (text: string): Uint8Array => {
  const first = text.charCodeAt(0);
  const isJson = first === 123 || first === 91;
  if (isJson || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return Buffer.from(text, 'utf8');
  return Buffer.from(text, 'base64');
};

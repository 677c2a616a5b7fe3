/** The bytes of a payload that a text holds: base64, as the API gives it, or the text itself. */
export const payloadOf = (text: string): Uint8Array => {
  const first = text.charCodeAt(0);
  const isJson = first === 123 || first === 91;
  if (isJson || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return Buffer.from(text, 'utf8');
  return Buffer.from(text, 'base64');
};

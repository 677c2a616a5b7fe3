/** The header fields of a message in their order: lower-case name, value. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** The first field of that name; undefined where there is none. */
export const fieldOf = (fields: Fields, name: string): string | undefined => {
  for (const field of fields) if (field[0] === name) return field[1];
  return undefined;
};

export const withoutFields = (fields: Fields, names: ReadonlySet<string>): Fields =>
  fields.filter(([name]) => !names.has(name));

/** Fields about one connection or about the length on the wire: they do not go over to another connection. */
export const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'http2-settings',
]);

/** Fields about the very bytes of the body: wrong once these were changed. */
export const bodyFields: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'content-md5',
  'x-amz-crc32',
]);

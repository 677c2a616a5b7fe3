/** The text in a field of decoded input; undefined if there is none. */
export const textIn = (fields: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined => {
  const value = fields?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** True for a terminal, unless the user wants no colours. */
export const isColored = (stream: NodeJS.WriteStream = process.stdout): boolean =>
  stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';

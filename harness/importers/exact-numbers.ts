/**
 * Parses a JSON text with its long numbers as strings, because parsers round integers from 2^53 on. Undefined if it is
 * not JSON.
 */
export const exactly = (text: string): unknown => {
  try {
    return JSON.parse(
      text.replaceAll(
        /("(?:[^"\\]|\\.)*")|(\d{16,})(?![\d.eE])/g,
        (_, quoted?: string, number?: string) => quoted ?? `"${number ?? ''}"`,
      ),
    );
  } catch {
    return undefined;
  }
};

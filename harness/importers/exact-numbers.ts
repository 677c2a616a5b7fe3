/**
 * A JSON text read again with its long numbers as texts: parsers round whole numbers from 2^53 on. Undefined where it
 * is no JSON.
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

/**
 * Converts Python's output for a dict to JSON: Lambda functions log their event with print(event). Undefined for other
 * text.
 */
export const pythonLiteral = (text: string): unknown => {
  if (!text.startsWith("{'") && !text.startsWith('{"')) return undefined;
  const json = text.replaceAll(token, (_, single?: string, double?: string, word?: string) => {
    const content = single ?? double;
    return content === undefined ? (words[word ?? ''] ?? '') : JSON.stringify(content.replaceAll(escape, unescaped));
  });
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

const token = /b?'((?:[^'\\]|\\.)*)'|b?"((?:[^"\\]|\\.)*)"|\b(True|False|None)\b/g;
const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

const escape = /\\(x[0-9a-f]{2}|u[0-9a-f]{4}|.)/gi;
const unescaped = (_: string, what: string): string => {
  if (what.length > 1) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
  return { n: '\n', t: '\t', r: '\r' }[what] ?? what;
};

// Source lines end before column 120. A line may be longer only for a text: a message, a case or a pattern that would
// be harder to find if it were broken. Without its long texts, its code must fit.
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const longest = 120;
const longText = 30;
const literals = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.RegularExpressionLiteral,
]);

/** The columns of each line that belong to long texts. */
const textColumns = (file, text) => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const starts = source.getLineStarts();
  const columns = new Map();
  const visit = (node) => {
    if (!literals.has(node.kind)) {
      ts.forEachChild(node, visit);
      return;
    }
    const [from, to] = [node.getStart(source), node.getEnd()];
    const last = source.getLineAndCharacterOfPosition(to).line;
    for (let line = source.getLineAndCharacterOfPosition(from).line; line <= last; line += 1) {
      const width = Math.min(to, (starts[line + 1] ?? text.length + 1) - 1) - Math.max(from, starts[line]);
      if (width >= longText) columns.set(line, (columns.get(line) ?? 0) + width);
    }
  };
  visit(source);
  return columns;
};

const files = execSync('git ls-files --cached --others --exclude-standard', { encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\n')
  .filter((file) => /^(harness|bench|scenarios|examples|\.ci)\/.*\.(ts|mjs|cjs)$/.test(file));

let tooLong = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  if (!lines.some((line) => line.length > longest)) continue;
  const columns = textColumns(file, text);
  for (const [index, line] of lines.entries()) {
    const own = columns.get(index) ?? 0;
    if (line.length <= longest || (own > 0 && line.length - own <= longest)) continue;
    tooLong += 1;
    console.error(`${file}:${index + 1}: ${line.length} columns; break the line before column ${longest}`);
  }
}
console.log(`line length: ${files.length} files, ${tooLong} lines too long`);
process.exit(tooLong === 0 && files.length > 0 ? 0 : 1);

import { nameOf } from './named-character.ts';

/**
 * What may stand on standard output and standard error, whoever wrote the words: no control character but the end of a
 * line and a tab, no mark that turns the direction of a text, and nothing that GitHub Actions takes for a command (it
 * reads both streams).
 */
export const printed = (text: string, { isColored = false, areCommandsOurs = false }: PrintOptions = {}): string => {
  const named = text.replaceAll(isColored ? codesAndHidden : hidden, (found) =>
    found.length > 1 && found.startsWith('\u001b') ? found : nameOf(found),
  );
  return areCommandsOurs ? named.replaceAll('##[', '⟨##⟩[') : withoutCommands(named);
};

export type PrintOptions = {
  /** The codes of colours stay. */
  readonly isColored?: boolean;
  /** Annotations of ours, whose fields were escaped. */
  readonly areCommandsOurs?: boolean;
};

/**
 * `::error::` where a line begins, with or without space before it, and `##[error]` anywhere. Source: actions/runner,
 * ActionCommand.cs (`Trim`, `IndexOf`).
 */
export const withoutCommands = (text: string): string =>
  text.replaceAll('##[', '⟨##⟩[').replaceAll(/^([^\S\n]*)::/gm, '$1⟨::⟩');

/** Not the variation selectors of our own signs: those hide nothing. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Those that picocolors writes here: bold, dim, and the colours of the foreground. */
const codesAndHidden = new RegExp(`\\u001b\\[(?:[012]|22|3[0-9]|9[0-7])m|${hidden.source}`, 'gu');

import { nameOf } from './named-character.ts';

/**
 * Makes a text safe for standard output and standard error, whoever wrote it: no control characters but line ends and
 * tabs, no marks that change the direction of text, and nothing that GitHub Actions would run as a command (it reads
 * both streams).
 */
export const printed = (text: string, { isColored = false, areCommandsOurs = false }: PrintOptions = {}): string => {
  const named = text.replaceAll(isColored ? codesAndHidden : hidden, (found) =>
    found.length > 1 && found.startsWith('\u001b') ? found : nameOf(found),
  );
  return areCommandsOurs ? named.replaceAll('##[', '⟨##⟩[') : withoutCommands(named);
};

export type PrintOptions = {
  /** Colour codes stay. */
  readonly isColored?: boolean;
  /** Our own annotations, whose fields are already escaped. */
  readonly areCommandsOurs?: boolean;
};

/**
 * `::error::` at the start of a line, with or without spaces before it, and `##[error]` anywhere. Source:
 * actions/runner, ActionCommand.cs (`Trim`, `IndexOf`).
 */
export const withoutCommands = (text: string): string =>
  text.replaceAll('##[', '⟨##⟩[').replaceAll(/^([^\S\n]*)::/gm, '$1⟨::⟩');

/** The variation selectors of our own signs stay: they hide nothing. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The codes that picocolors writes here: bold, dim, and the foreground colours. */
const codesAndHidden = new RegExp(`\\u001b\\[(?:[012]|22|3[0-9]|9[0-7])m|${hidden.source}`, 'gu');

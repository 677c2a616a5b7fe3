import type { SentRecord } from './put-call.ts';

/**
 * Counts the payloads that `--id` was tried on, and those it matched. Of a payload, only the digest and length are
 * reported.
 */
export class Tally {
  readonly #text: string;
  #tried = 0;
  #fitted = 0;
  #odd: { readonly digest: string; readonly bytes: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  count({ digest, data }: SentRecord, isFitting: boolean): void {
    this.#tried += 1;
    if (isFitting) this.#fitted += 1;
    else this.#odd ??= { digest, bytes: data.byteLength };
  }

  notes(): readonly string[] {
    if (this.#odd === undefined) return [];
    const { digest, bytes } = this.#odd;
    const count = this.#fitted === 0 ? 'none' : String(this.#fitted);
    return [
      `--id ${this.#text} matches ${count} of ${this.#tried} payloads; one that it does not match has the digest ${digest} and ${bytes} bytes`,
    ];
  }
}

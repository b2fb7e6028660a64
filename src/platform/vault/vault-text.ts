import { inspect } from 'node:util';

/** A decrypted value. It shows itself only to who calls `reveal()`; logs, JSON, errors and templates print `[vault]`. */
export class VaultText {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[vault]';
  }

  toJSON(): string {
    return '[vault]';
  }

  [inspect.custom](): string {
    return '[vault]';
  }
}

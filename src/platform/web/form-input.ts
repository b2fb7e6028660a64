import { InvalidInput } from '../../kernel/errors.js';

const MAX_DEPTH = 3;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype', '']);

type Tree = { [name: string]: string | string[] | Tree };

/**
 * A posted form as the object that the API would get: `title.be=…` becomes `{ title: { be } }`, three levels deep at most.
 * Values are texts or lists of texts. Throws InvalidInput: `error.unknown` for names that no form of ours has [B7],
 * `error.text.expected` for values that no form can send.
 */
export function expandForm(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const tree: Tree = {};
  for (const [name, value] of Object.entries(body)) {
    const path = name.split('.');
    if (path.length > MAX_DEPTH || path.some((part) => FORBIDDEN.has(part)))
      throw InvalidInput.at(name, 'error.unknown');
    if (!isTexts(value)) throw InvalidInput.at(name, 'error.text.expected');
    place(tree, path, name, value);
  }
  return tree;
}

function place(tree: Tree, path: readonly string[], name: string, value: string | string[]): void {
  const last = path.at(-1)!;
  let branch = tree;
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(branch, part) ? branch[part]! : (branch[part] = {});
    if (typeof next === 'string' || Array.isArray(next)) throw InvalidInput.at(name, 'error.unknown');
    branch = next;
  }
  if (Object.hasOwn(branch, last)) throw InvalidInput.at(name, 'error.unknown');
  branch[last] = value;
}

function isTexts(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

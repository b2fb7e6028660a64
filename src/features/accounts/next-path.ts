import { localPath } from '../../kernel/local-path.js';

/** `next` of an address or a form as a path of ours, or `/`; repeated it would be a list, which is none ([B5]). */
export function nextPath(next: unknown): string {
  return typeof next === 'string' ? localPath(next) : '/';
}

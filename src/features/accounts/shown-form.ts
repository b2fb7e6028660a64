import type { FormView } from '../../platform/web/form.js';
import { nextPath } from './next-path.js';

const SECRETS = ['password', 'current', 'code'];

/** A refused form as it goes back to the page: no secret in it, and no `next` as somebody forged it. */
export function shownForm(form: FormView): FormView {
  const kept = Object.entries(form.values).filter(([name]) => !SECRETS.includes(name));
  return { ...form, values: { ...Object.fromEntries(kept), next: nextPath(form.values['next']) } };
}

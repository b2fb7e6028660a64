import type { FormView } from '../../platform/web/form.js';

const SECRETS = ['password', 'current', 'code'];

/** A refused form without what must never be sent back to a page. */
export function withoutSecrets(form: FormView): FormView {
  return { ...form, values: Object.fromEntries(Object.entries(form.values).filter(([name]) => !SECRETS.includes(name))) };
}

import { Forbidden } from '../../../kernel/errors.js';
import type { WebContext } from '../../../platform/web/web-context.js';

/** Who decides on answers need not be who writes the programme. Throws Forbidden. */
export function mayMove(web: WebContext): void {
  if (web.viewer.level('programme', web.conference.id) !== 'write') throw new Forbidden();
}

import type { z } from 'zod';
import type { FormView } from '../../platform/web/form.js';
import type { WebContext } from '../../platform/web/web-context.js';
import type { Visit } from './visit.entity.js';
import { hrefOf } from './visit-frame.js';
import type { Visits } from './visits.service.js';

export interface VisitChange<S extends z.ZodType> {
  readonly schema: S;
  readonly body: unknown;
  readonly work: (visit: Visit, input: z.output<S>) => Promise<unknown>;
  /** It makes something: the same form again makes nothing. */
  readonly makes?: boolean;
  /** Below the visit's address: where to go when it is done, and what is said there (`visit.done.…`). */
  readonly room: string;
  readonly notice: string;
  /** The page again, with everything that was typed. */
  readonly again: (visit: Visit, form: FormView) => Promise<string>;
}

/** Opens the visit for writing, does what the form asks, and goes on; what is refused comes back on its page. */
export async function changeVisit<S extends z.ZodType>(
  web: WebContext,
  visits: Visits,
  ref: string,
  { schema, body, work, makes, room, notice, again }: VisitChange<S>,
): Promise<string> {
  const visit = await visits.open(web.viewer, ref, 'write');
  return web.form(schema, body, {
    done: (input) => {
      const change = async () => {
        await work(visit, input);
        return web.redirect(hrefOf(visit) + room, { key: `visit.done.${notice}` });
      };
      return makes ? web.once(body, change) : change();
    },
    // As it is now: somebody else may have changed it meanwhile.
    again: async (form) => again(await visits.byId(visit.id), form),
  });
}

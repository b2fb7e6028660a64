import { InvalidInput } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import { toInstant, ZoneError } from '../../kernel/zones.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';
import type { InvitationState } from './invitation.rules.js';

export function base(web: WebContext): string {
  return `/org/c/${web.conference.slug}/invitations`;
}

/** The frame of a back-office page of invitations; `below`: the list is the page above it. */
export function frame(web: WebContext, title: string, below = true): PageOptions {
  const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
  const list = { label: web.t('invitation.list.title'), href: base(web) };
  return { title, layout: 'staff', section: 'conferences', breadcrumbs: below ? [conference, list] : [conference] };
}

/** Sent or still in the outbox, the answer is what is waited for. */
export function stateLabel(web: WebContext, state: InvitationState): string {
  return state === 'queued' ? web.t('invitation.list.waiting') : web.t(`state.invitation.${state}`);
}

/** A deadline typed on the conference's own clock. */
export function deadlineAt(local: string | null, zone: string): Date | null {
  if (local === null) return null;
  try {
    return toInstant(local, zone).instant;
  } catch (error) {
    if (error instanceof ZoneError) throw InvalidInput.at('deadline', 'error.invalid');
    throw error;
  }
}

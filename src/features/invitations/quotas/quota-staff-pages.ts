import { InvalidInput } from '../../../kernel/errors.js';
import { pickText } from '../../../kernel/locale.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { deadlineAt } from '../staff-pages.js';
import type { Quota } from './quota.entity.js';

export function quotaBase(web: WebContext): string {
  return `/org/c/${web.conference.slug}/quotas`;
}

/** The frame of a back-office page of quotas; `below`: the list is the page above it. */
export function quotaFrame(web: WebContext, title: string, below = true): PageOptions {
  const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
  const list = { label: web.t('quota.title'), href: quotaBase(web) };
  return { title, layout: 'staff', section: 'conferences', breadcrumbs: below ? [conference, list] : [conference] };
}

/** A deadline typed on the conference's own clock; one that is over is refused. */
export function deadlineOf(local: string, zone: string, now: Date): Date {
  const deadline = deadlineAt(local, zone)!;
  if (deadline <= now) throw InvalidInput.at('deadline', 'error.quota.deadlinePast');
  return deadline;
}

/** As organizers see it: `full`, `over` and `partly` are no states of the row, but what it comes to. */
export function shownQuotaState({ state, deadline, taken, places }: Quota, now: Date): string {
  if (state === 'withdrawn' || state === 'draft' || state === 'declined') return state;
  if (taken >= places) return 'full';
  if (now >= deadline) return 'over';
  if (state === 'bounced') return state;
  return taken > 0 ? 'partly' : 'queued';
}

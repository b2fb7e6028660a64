import { pickText } from '../../kernel/locale.js';
import type { WebContext } from '../../platform/web/web-context.js';

export function here(web: WebContext): string {
  return `/org/c/${web.conference.slug}/mail/mailings`;
}

export function mayWrite(web: WebContext): boolean {
  return web.viewer.level('outbox', web.conference.id) === 'write';
}

export function crumbs(web: WebContext, below: boolean) {
  const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
  return below ? [conference, { label: web.t('mailing.title'), href: here(web) }] : [conference];
}

export function frame(web: WebContext, title: string) {
  return { title, layout: 'staff' as const, section: 'conferences', breadcrumbs: crumbs(web, false) };
}

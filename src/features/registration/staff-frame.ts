import { pickText } from '../../kernel/locale.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';

/** The frame of a back-office page of a conference. `list` is the page above it, if not the conference itself. */
export function staffFrame(web: WebContext, title: string, list?: string, shown?: string): PageOptions {
  const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
  return {
    title: shown ?? web.t(title),
    layout: 'staff',
    section: 'conferences',
    breadcrumbs: list ? [conference, { label: web.t('registration.list.title'), href: list }] : [conference],
  };
}

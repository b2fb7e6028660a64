import { pickText } from '../../kernel/locale.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';

type Crumb = { label: string; href: string };

export function base(web: WebContext): string {
  return `/org/c/${web.conference.slug}`;
}

/** The frame of every page here: staff layout, the way back, and which part of the programme it is. */
export function frame(
  web: WebContext,
  title: string,
  more: Pick<PageOptions, 'form' | 'styles'> & { crumbs?: Crumb[] } = {},
): PageOptions {
  const { form, styles, crumbs = [] } = more;
  const conference = { label: pickText(web.conference.title, web.locale).text, href: base(web) };
  return {
    title,
    layout: 'staff',
    section: 'conferences',
    breadcrumbs: [conference, ...crumbs],
    ...(form ? { form } : {}),
    ...(styles ? { styles } : {}),
  };
}

export function sessionsCrumb(web: WebContext): Crumb {
  return { label: web.t('programme.sessions'), href: `${base(web)}/sessions` };
}

export function mayEdit(web: WebContext): boolean {
  return web.viewer.level('programme', web.conference.id) === 'write';
}

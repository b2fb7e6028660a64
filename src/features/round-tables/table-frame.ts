import { NotFound } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';
import type { Table, TableOfOne } from './round-tables.queries.js';

/** One of the pages of a round table. */
export function tablePage(
  web: WebContext,
  table: TableOfOne,
  name: string,
  form: FormView,
  model: object,
): Promise<string> {
  const home = here(web, table);
  const options: PageOptions = {
    title: web.t(`roundTable.${name}.title`),
    robots: 'none',
    form,
    styles: ['css/conferences.css', 'css/round-tables.css'],
    scripts: name === 'floor' ? ['js/refresh.js'] : [],
    breadcrumbs: [
      { label: pickText(table.conference.title, web.locale).text, href: `/${web.locale}/c/${table.conference.slug}` },
      ...(name === 'table' ? [] : [{ label: web.t('roundTable.table.title'), href: home }]),
    ],
  };
  return web.page(
    `pages/round-tables/${name}`,
    { ...model, home, session: table.announced, me: table.me, zone: table.conference.zone },
    options,
  );
}

/** What only moderators (and for the text rapporteurs) may do is not there for the others. */
export function only(allowed: boolean): void {
  if (!allowed) throw new NotFound();
}

export function here(web: WebContext, { conference, session }: Table): string {
  return `/${web.locale}/c/${conference.slug}/s/${session.code}/table`;
}

import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LOCALES } from '../../kernel/locale.js';
import { Translator } from '../i18n/translator.js';
import { Ids } from '../runtime/ids.js';
import { Secrets } from '../runtime/secrets.js';
import { Access } from './access.js';
import { assetUrl } from './assets.js';
import { cookieName, isSecure } from './cookies.js';
import { formOwner } from './csrf.js';
import { Flash } from './flash.js';
import { SentForms } from './sent-forms.js';
import { Views } from './views.js';
import { covers, type Viewer } from './viewer.js';
import type { PageOptions, PageRequest } from './page-options.js';

/** What every page is made with. */
@Injectable()
export class WebTools {
  readonly flash: Flash;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    readonly translator: Translator,
    private readonly views: Views,
    private readonly ids: Ids,
    readonly access: Access,
    readonly sentForms: SentForms,
    secrets: Secrets,
  ) {
    this.flash = new Flash(secrets, { name: cookieName(config, 'notice'), secure: isSecure(config) });
  }

  async render(web: PageRequest, template: string, model: object, options: PageOptions): Promise<string> {
    const { locale } = web;
    const path = web.request.url;
    const notice = this.flash.take(web.request, web.reply);
    const title = options.form?.failed ? web.t('common.errorTitle', { title: options.title }) : options.title;
    return this.views.render(
      template,
      {
        ...model,
        ...(options.form ? { form: options.form } : {}),
        page: {
          title,
          path: path.split('?')[0],
          csrf: web.reply.generateCsrf({ userInfo: formOwner(web.request) }),
          idempotencyKey: this.ids.secret(),
          alternates: LOCALES.map((to) => ({
            locale: to,
            href: path.replace(/^\/(be|ru|en)(?=[/?]|$)/, `/${to}`),
            current: to === locale,
          })),
          viewer: web.request.viewer ? { name: web.request.viewer.name, kind: web.request.viewer.kind } : null,
          notice: notice ? web.t(notice.key, notice.params ?? {}) : null,
          breadcrumbs: options.breadcrumbs ?? [],
          section: options.section ?? null,
          sections: sectionsOf(web.request.viewer),
          conference: web.request.conference,
          robots: options.robots ?? null,
          styles: (options.styles ?? []).map(assetUrl),
          scripts: options.scripts ?? [],
          development: !this.config.production,
          canonical: this.config.publicUrl + path.split('?')[0],
        },
      },
      { locale, layout: options.layout ?? 'public' },
    );
  }
}

/** Which sections of the back office lead the viewer somewhere. */
function sectionsOf(viewer: Viewer | null): string[] {
  const objects = {
    inbox: 'inbox',
    conferences: 'conference',
    documents: 'template',
    people: 'person',
    institutions: 'institution',
    venues: 'venue',
    admin: 'account',
  } as const;
  const open = Object.entries(objects).filter(([, object]) => covers(viewer?.level(object, null), 'read'));
  // Who is only named for some visits sees those.
  const protocol = covers(viewer?.level('visit', null), 'count') ? ['protocol'] : [];
  return ['work', ...open.map(([section]) => section), ...protocol];
}

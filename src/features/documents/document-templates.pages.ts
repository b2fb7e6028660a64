import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { isLocale, LOCALES, type Locale } from '../../kernel/locale.js';
import { DOCX_TYPE } from '../../platform/documents/docx-package.js';
import type { CheckedTemplate, DocxField } from '../../platform/documents/docx-fields.rules.js';
import { formatSize } from '../../platform/i18n/formats.js';
import { Attempts } from '../../platform/web/attempts.js';
import { download } from '../../platform/web/downloads.js';
import { reading } from '../../platform/web/file-problems.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../platform/web/uploads.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { defaultName } from './default-templates.js';
import { DOCUMENT_GROUPS } from './document-kind.rules.js';
import { DocumentKinds } from './document-kinds.js';
import { DocumentTemplates } from './document-templates.service.js';
import { templateChoiceForm, templateUploadForm } from './documents.schemas.js';

/** The templates of documents: which are used, what they may ask for, and own ones instead. */
@ApiExcludeController()
@Controller('org/documents')
export class DocumentTemplatesPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly attempts: Attempts,
    private readonly kinds: DocumentKinds,
    private readonly templates: DocumentTemplates,
  ) {}

  @Get()
  @Staff('template', 'read', 'any')
  async list(@Web() web: WebContext): Promise<string> {
    const used = await this.templates.inUse();
    const groups = DOCUMENT_GROUPS.map((group) => ({
      group,
      kinds: this.kinds
        .all()
        .filter((kind) => kind.group === group)
        .map(({ kind }) => ({
          kind,
          languages: LOCALES.map((locale) => {
            const current = used.find((one) => one.kind === kind && one.locale === locale)?.current ?? null;
            return { locale, own: current !== null, href: hrefOf(kind, locale) };
          }),
        })),
    }));
    const model = {
      groups: groups.filter(({ kinds }) => kinds.length > 0),
      locales: LOCALES,
      register: mayRegister(web),
    };
    return web.page('pages/documents/list', model, {
      title: web.t('documents.title'),
      layout: 'staff',
      section: 'documents',
      styles: ['css/documents.css'],
    });
  }

  @Get(':kind/:locale')
  @Staff('template', 'read', 'any')
  one(@Web() web: WebContext, @Param('kind') kind: string, @Param('locale') locale: string): Promise<string> {
    return this.show(web, kind, localeOf(locale), web.emptyForm());
  }

  /** What is used now, to be changed in Word. */
  @Get(':kind/:locale/current.docx')
  @Staff('template', 'read', 'any')
  async current(@Web() web: WebContext, @Param('kind') kind: string, @Param('locale') asked: string): Promise<Buffer> {
    const locale = localeOf(asked);
    const { bytes } = await this.templates.bytesInUse(kind, locale);
    return download(web.reply, { bytes, type: DOCX_TYPE, filename: defaultName(kind, locale) });
  }

  @Get(':kind/:locale/versions/:version')
  @Staff('template', 'read', 'any')
  async version(
    @Web() web: WebContext,
    @Param('kind') kind: string,
    @Param('locale') locale: string,
    @Param('version') id: string,
  ): Promise<Buffer> {
    const { content, filename } = await this.templates.version(kind, localeOf(locale), id);
    return download(web.reply, { bytes: content, type: DOCX_TYPE, filename });
  }

  @Post(':kind/:locale')
  @Upload()
  @Staff('template', 'write', 'any')
  async upload(
    @Web() web: WebContext,
    @Param('kind') kind: string,
    @Param('locale') asked: string,
    @Body() body: unknown,
  ): Promise<string> {
    const locale = localeOf(asked);
    this.kinds.one(kind);
    let checked: CheckedTemplate | null = null;
    return web.form(templateUploadForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async () => {
        const file = uploadedFile(web.request);
        const found = await reading(() => Promise.resolve().then(() => this.templates.check(kind, file.bytes)));
        checked = found;
        const count = found.problems.length;
        if (count > 0) throw InvalidInput.at('file', 'error.documents.problems', { count });
        await this.templates.upload(kind, locale, file);
        const missing = found.missing.length;
        const notice =
          missing > 0
            ? { key: 'documents.done.uploadedWithout', params: { count: missing } }
            : { key: 'documents.done.uploaded' };
        return web.redirect(hrefOf(kind, locale), notice);
      },
      again: (form) => this.show(web, kind, locale, form, checked),
    });
  }

  @Post(':kind/:locale/choice')
  @Staff('template', 'write', 'any')
  choose(
    @Web() web: WebContext,
    @Param('kind') kind: string,
    @Param('locale') asked: string,
    @Body() body: unknown,
  ): Promise<string> {
    const locale = localeOf(asked);
    return web.form(templateChoiceForm, body, {
      done: async ({ template, version }) => {
        await this.templates.choose(kind, locale, { version }, template);
        return web.redirect(hrefOf(kind, locale), { key: 'documents.done.chosen' });
      },
      again: (form) => this.show(web, kind, locale, form),
    });
  }

  private async show(
    web: WebContext,
    kind: string,
    locale: Locale,
    form: FormView,
    checked: CheckedTemplate | null = null,
  ): Promise<string> {
    const { fields } = this.kinds.one(kind);
    const { current, version, versions } = await this.templates.one(kind, locale);
    const inUse = current ? (await this.templates.version(kind, locale, current.id)).content : null;
    const missing = inUse ? this.templates.check(kind, inUse).missing : [];
    const accounts = await this.accounts.byIds(versions.flatMap(({ uploadedBy }) => uploadedBy ?? []));
    const model = {
      kind,
      locale,
      version,
      here: hrefOf(kind, locale),
      own: current,
      missing,
      versions: versions.map((one) => ({
        ...one,
        by: accounts.get(one.uploadedBy ?? '')?.name ?? null,
        current: one.id === current?.id,
        shownSize: formatSize(web.locale, one.size),
      })),
      fields: linesOf(fields, 0),
      problems: (checked as CheckedTemplate | null)?.problems ?? [],
      languages: LOCALES.map((one) => ({ locale: one, href: hrefOf(kind, one), current: one === locale })),
      megabytes: UPLOAD_MEGABYTES,
      mayEdit: web.viewer.level('template', null) === 'write',
    };
    const name = web.t(`documents.kind.${kind}`);
    return web.page('pages/documents/template', model, {
      title: web.t('documents.ofLanguage', { name, language: web.t(`people.locale.${locale}`) }),
      layout: 'staff',
      section: 'documents',
      form,
      breadcrumbs: [{ label: web.t('documents.title'), href: '/org/documents' }],
      styles: ['css/documents.css'],
    });
  }
}

function hrefOf(kind: string, locale: Locale): string {
  return `/org/documents/${kind}/${locale}`;
}

export function mayRegister(web: WebContext): boolean {
  return web.viewer.level('outgoing', null) !== undefined;
}

/** Of the path. Throws NotFound. */
export function localeOf(locale: string): Locale {
  if (!isLocale(locale)) throw new NotFound();
  return locale;
}

interface FieldLine {
  readonly name: string;
  readonly depth: number;
  readonly type: DocxField['type'];
  /** As it is typed into the template. */
  readonly tags: readonly string[];
}

/** The fields line by line, those of a list below it. */
function linesOf(fields: readonly DocxField[], depth: number): FieldLine[] {
  return fields.flatMap(({ name, type, fields: inner = [] }) => [
    {
      name,
      depth,
      type,
      tags: type === 'list' || type === 'flag' ? [`{{#${name}}}`, `{{/${name}}}`] : [`{{${name}}}`],
    },
    ...linesOf(inner, depth + 1),
  ]);
}

import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { InvalidInput, NotFound, type FieldProblem } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { LOCALES, type Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { checkTemplate, type CheckedTemplate } from '../../platform/documents/docx-fields.rules.js';
import { readDocx } from '../../platform/documents/docx-package.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { actingAccount } from '../../platform/runtime/request-context.js';
import { defaultTemplate } from './default-templates.js';
import { DocumentKinds } from './document-kinds.js';
import { DocumentTemplate, DocumentTemplateVersion } from './document-template.entity.js';
import { DocumentTemplateChosen, DocumentTemplateUploaded } from './documents.events.js';

/** A version without its bytes. */
export type VersionInfo = Omit<DocumentTemplateVersion, 'content'>;

/** What is used for a kind of document in one language. `current` null: the template that comes with the house. */
export interface TemplateInUse {
  readonly kind: string;
  readonly locale: Locale;
  readonly current: VersionInfo | null;
  /** Of the row that says which one is used; 0 while nobody has chosen any. */
  readonly version: number;
}

/** The templates of all documents: those of the house, and those that people brought instead. */
@Injectable()
export class DocumentTemplates {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly kinds: DocumentKinds,
  ) {}

  /** For every kind and language what is used. Two statements. */
  async inUse(): Promise<TemplateInUse[]> {
    const rows = await this.db.repository(DocumentTemplate).find();
    const versions = await this.infos({ ids: rows.flatMap(({ currentId }) => currentId ?? []) });
    return this.kinds.all().flatMap(({ kind }) =>
      LOCALES.map((locale) => {
        const row = rows.find((one) => one.kind === kind && one.locale === locale);
        const current = versions.find(({ id }) => id === row?.currentId) ?? null;
        return { kind, locale, current, version: row?.version ?? 0 };
      }),
    );
  }

  /** What is used for one kind and language, and every version that somebody brought, the newest first. Throws NotFound. */
  async one(kind: string, locale: Locale): Promise<TemplateInUse & { readonly versions: readonly VersionInfo[] }> {
    this.kinds.one(kind);
    const row = await this.db.one(DocumentTemplate, { kind, locale });
    const versions = row ? await this.infos({ templateId: row.id }) : [];
    const current = versions.find(({ id }) => id === row?.currentId) ?? null;
    return { kind, locale, current, version: row?.version ?? 0, versions };
  }

  /** The bytes that documents of that kind are made from. Throws NotFound for a kind that nobody declared. */
  async bytesInUse(kind: string, locale: Locale): Promise<{ bytes: Buffer; versionId: string | null }> {
    this.kinds.one(kind);
    const row = await this.db.one(DocumentTemplate, { kind, locale });
    if (!row?.currentId) return { bytes: defaultTemplate(kind, locale), versionId: null };
    const version = await this.db.one(DocumentTemplateVersion, { id: row.currentId });
    return { bytes: Buffer.from(version!.content), versionId: row.currentId };
  }

  /** One version of that kind and language, with its bytes ([A3]). Throws NotFound. */
  async version(kind: string, locale: Locale, id: string): Promise<DocumentTemplateVersion> {
    this.kinds.one(kind);
    const row = await this.db.one(DocumentTemplate, { kind, locale });
    const found = row && isId(id) ? await this.db.one(DocumentTemplateVersion, { id, templateId: row.id }) : null;
    if (!found) throw new NotFound();
    return { ...found, content: Buffer.from(found.content) };
  }

  /** What a file would be as a template of that kind. Throws UnreadableFile for what is no harmless .docx. */
  check(kind: string, bytes: Buffer): CheckedTemplate {
    return checkTemplate(readDocx(bytes).paragraphs, this.kinds.one(kind).fields);
  }

  /** What the template of the house would be found as. */
  checkDefault(kind: string, locale: Locale): CheckedTemplate {
    return this.check(kind, defaultTemplate(kind, locale));
  }

  /**
   * Keeps a file as the newest version, and uses it from now on. Throws UnreadableFile, and InvalidInput at `file` with every
   * broken or unknown tag: somebody would get a document with braces in it.
   */
  async upload(
    kind: string,
    locale: Locale,
    file: { readonly filename: string; readonly bytes: Buffer },
  ): Promise<TemplateInUse> {
    const { problems } = this.check(kind, file.bytes);
    if (problems.length > 0) throw new InvalidInput(problems.map(refused));
    const content = file.bytes;
    return this.db.transaction(async () => {
      const template = await this.row(kind, locale);
      const [latest] = await this.infos({ templateId: template.id });
      const version: DocumentTemplateVersion = {
        id: this.ids.next(),
        templateId: template.id,
        number: (latest?.number ?? 0) + 1,
        filename: file.filename,
        content,
        sha256: createHash('sha256').update(content).digest('hex'),
        size: content.length,
        uploadedAt: this.clock.now(),
        uploadedBy: actingAccount(),
      };
      const changed = await this.db.updateIfUnchanged(DocumentTemplate, template, { currentId: version.id });
      await this.db.insert(DocumentTemplateVersion, version as never);
      await this.journal.record(DocumentTemplateUploaded({ id: template.id, kind, locale, number: version.number }));
      const { content: _, ...current } = version;
      return { kind, locale, current, version: changed };
    });
  }

  /** Uses an earlier version again, or (null) the template of the house. Throws Stale when somebody was faster. */
  choose(kind: string, locale: Locale, read: { version: number }, versionId: string | null): Promise<TemplateInUse> {
    return this.db.transaction(async () => {
      const chosen = versionId === null ? null : await this.version(kind, locale, versionId);
      const template = await this.row(kind, locale);
      // Who saw that nothing was chosen yet has seen version 0.
      const seen = read.version === 0 && template.currentId === null ? template.version : read.version;
      const version = await this.db.updateIfUnchanged(
        DocumentTemplate,
        { id: template.id, version: seen },
        { currentId: versionId },
      );
      const number = chosen?.number ?? null;
      await this.journal.record(DocumentTemplateChosen({ id: template.id, kind, locale, number }));
      if (!chosen) return { kind, locale, current: null, version };
      const { content: _, ...current } = chosen;
      return { kind, locale, current, version };
    });
  }

  /** The row that says what is used, made where there is none. */
  private async row(kind: string, locale: Locale): Promise<DocumentTemplate> {
    this.kinds.one(kind);
    const found = await this.db.one(DocumentTemplate, { kind, locale });
    if (found) return found;
    const row: DocumentTemplate = { id: this.ids.next(), kind, locale, currentId: null, version: 1 };
    try {
      await this.db.insert(DocumentTemplate, row);
      return row;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return (await this.db.one(DocumentTemplate, { kind, locale }))!;
    }
  }

  /** The newest first, without their bytes. */
  private async infos(key: { ids: readonly string[] } | { templateId: string }): Promise<VersionInfo[]> {
    if ('ids' in key && key.ids.length === 0) return [];
    const query = this.db
      .repository(DocumentTemplateVersion)
      .createQueryBuilder('v')
      .select(['v.id', 'v.templateId', 'v.number', 'v.filename', 'v.sha256', 'v.size', 'v.uploadedAt', 'v.uploadedBy'])
      .orderBy('v.number', 'DESC');
    const filtered =
      'ids' in key
        ? query.where('v.id IN (:...ids)', { ids: [...key.ids] })
        : query.where('v.templateId = :id', { id: key.templateId });
    return filtered.getMany();
  }
}

/** Beside the file, in the words of the page. */
function refused({ problem, tag, inside }: CheckedTemplate['problems'][number]): FieldProblem {
  const around = inside.at(-1);
  return { field: 'file', code: `docx.problem.${problem}`, params: { tag }, ...(around ? { place: around } : {}) };
}

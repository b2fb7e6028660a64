import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import type { LetterText } from '../../platform/mail/merge-letters.rules.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { MailTemplate } from './mail-template.entity.js';
import { MailTemplateSaved } from './mailing.events.js';

/** Texts that are used again. Saving under a known name is a new version; older ones stay. */
@Injectable()
export class MailTemplates {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** The newest version of each, by name. */
  async all(conferenceId: string): Promise<MailTemplate[]> {
    const rows = await this.db
      .repository(MailTemplate)
      .find({ where: { conferenceId }, order: { name: 'ASC', version: 'ASC' } });
    return [...new Map(rows.map((row) => [row.templateId, row])).values()];
  }

  /** One version, by its own id. Throws NotFound. */
  async version(conferenceId: string, id: string): Promise<MailTemplate> {
    const found = await this.db.repository(MailTemplate).findOneBy({ id, conferenceId });
    if (!found) throw new NotFound();
    return found;
  }

  /** All versions of one, the newest first. */
  versions(conferenceId: string, templateId: string): Promise<MailTemplate[]> {
    return this.db.repository(MailTemplate).find({ where: { conferenceId, templateId }, order: { version: 'DESC' } });
  }

  /** Keeps a text under a name. */
  save(conferenceId: string, name: string, { subject, body }: LetterText): Promise<MailTemplate> {
    return this.db.transaction(async () => {
      const known = (await this.all(conferenceId)).find((one) => one.name.toLowerCase() === name.toLowerCase());
      const template = {
        id: this.ids.next(),
        templateId: known?.templateId ?? this.ids.next(),
        conferenceId,
        name: known?.name ?? name,
        subject,
        body,
        savedAt: this.clock.now(),
        version: (known?.version ?? 0) + 1,
      };
      await this.db.insert(MailTemplate, template);
      await this.journal.record(
        MailTemplateSaved({ id: template.templateId, conferenceId, version: template.version }),
      );
      return template;
    });
  }
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { instant, integer, json, longJson, uuid, varchar } from '../../platform/database/columns.js';

/** A text that is used again, of one conference. Each saving is a row of its own: an older text is never lost. */
@Entity('mail_templates')
@Index('uq_mail_templates_version', ['templateId', 'version'], { unique: true })
@Index('ix_mail_templates_conference', ['conferenceId', 'name'])
export class MailTemplate {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** The same for all versions. */
  @Column(uuid('template_id'))
  templateId: string;

  @Column(uuid('conference_id'))
  conferenceId: string;

  @Column(varchar('name', 120))
  name: string;

  @Column(json('subject'))
  subject: Localized;

  @Column(longJson('body'))
  body: Localized;

  @Column(instant('saved_at'))
  savedAt: Date;

  @Column(integer('version'))
  version: number;
}

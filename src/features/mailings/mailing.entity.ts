import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { flag, instant, integer, json, longJson, uuid, varchar } from '../../platform/database/columns.js';
import { Conference } from '../conferences/index.js';
import type { Audience } from './audience.rules.js';

export const MAILING_STATES = ['draft', 'queued'] as const;
export type MailingState = (typeof MAILING_STATES)[number];

/** One text to many people of a conference: written and looked at as a draft, then frozen as mails that wait to be sent. */
@Entity('mailings')
@Index('ix_mailings_conference', ['conferenceId', 'createdAt'])
export class Mailing {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_mailings_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  /** With fields such as `{{name}}`, in each language in which somebody is written to. */
  @Column(json('subject'))
  subject: Localized;

  @Column(longJson('body'))
  body: Localized;

  @Column(json('audience'))
  audience: Audience;

  /** Ids of people who were taken out of the audience. */
  @Column(longJson('left_out'))
  leftOut: string[];

  /** News that nobody needs to take part: with a way to unsubscribe, and not to those who have. */
  @Column(flag('is_news'))
  isNews: boolean;

  @Column(varchar('state', 8))
  state: MailingState;

  /** How many mails were made. */
  @Column(integer('queued', { nullable: true }))
  queued: number | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('queued_at', { nullable: true }))
  queuedAt: Date | null;

  @Column(integer('version'))
  version: number;
}

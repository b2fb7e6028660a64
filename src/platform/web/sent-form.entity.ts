import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, varchar } from '../database/columns.js';

/** A form that made something, so that the same form again makes nothing. Lives for a day. */
@Entity('sent_forms')
@Index('ix_sent_forms_sent', ['sentAt'])
export class SentForm {
  /** SHA-256 of its address, its sender, its key and everything that was typed. */
  @PrimaryColumn(varchar('id', 64))
  id: string;

  /** What it made, as the answer needs it; null while that is being made, which nobody else ever sees. */
  @Column(varchar('made', 1000, { nullable: true }))
  made: string | null;

  @Column(instant('sent_at'))
  sentAt: Date;
}

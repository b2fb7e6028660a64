import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, integer, varchar } from '../database/columns.js';

/**
 * How far an IMAP folder was read (RFC 9051 section 2.3.1.1). Only new mails are looked for, never changed flags, so no
 * mod-sequence is kept.
 */
@Entity('inbox_positions')
export class InboxPosition {
  /** SHA-256 of server, user and folder. */
  @PrimaryColumn(varchar('id', 64))
  id: string;

  /** When it changes, the server has numbered its mails anew. */
  @Column(varchar('uid_validity', 20))
  uidValidity: string;

  @Column(integer('next_uid'))
  nextUid: number;

  @Column(instant('looked_at'))
  lookedAt: Date;
}

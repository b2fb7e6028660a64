import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';

/** A secret address by which the guest side enters its people. Of the secret only a hash is kept; one that was revoked stays, to answer 410. */
@Entity('visit_links')
@Index('uq_visit_links_token', ['tokenHash'], { unique: true })
@Index('uq_visit_links_active', ['activeKey'], { unique: true })
@Index('ix_visit_links_visit', ['visitId', 'createdAt'])
export class VisitLink {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_links_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('revoked_at', { nullable: true }))
  revokedAt: Date | null;

  /** The guest side said that all its people are there; gone again with its next change. */
  @Column(instant('done_at', { nullable: true }))
  doneAt: Date | null;

  /** When it was last written to the focal point. */
  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  /** The visit, as long as it is not revoked: one visit has one link. */
  @Column(uuid('active_key', { nullable: true }))
  activeKey: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}

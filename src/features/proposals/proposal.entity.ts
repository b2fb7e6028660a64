import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, longText, uuid, varchar } from '../../platform/database/columns.js';
import { Strand } from '../programme/index.js';
import { Registration } from '../registration/index.js';
import type { ProposalState } from './proposal.rules.js';

/** The paper that a registered speaker offers: the least that a programme needs. */
@Entity('proposals')
@Index('uq_proposals_registration', ['registrationId'], { unique: true })
export class Proposal {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Registration, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'registration_id', foreignKeyConstraintName: 'fk_proposals_registration' })
  registration: Relation<Registration>;

  @Column(uuid('registration_id'))
  registrationId: string;

  /** In the language of the talk, as typed. */
  @Column(varchar('title', 300))
  title: string;

  @Column(longText('abstract'))
  abstract: string;

  /** BCP 47; null in a draft. */
  @Column(varchar('language', 20, { nullable: true }))
  language: string | null;

  @ManyToOne(() => Strand, { onDelete: 'SET NULL', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'strand_id', foreignKeyConstraintName: 'fk_proposals_strand' })
  strand: Relation<Strand> | null;

  @Column(uuid('strand_id', { nullable: true }))
  strandId: string | null;

  @Column(varchar('state', 12))
  state: ProposalState;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column(instant('submitted_at', { nullable: true }))
  submittedAt: Date | null;

  @Column(integer('version'))
  version: number;
}

import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Conference } from '../../conferences/index.js';

/** What letters of a conference, or of the visits of the house, say about the host, and how long what they are made of is kept. */
@Entity('visa_settings')
@Index('uq_visa_settings_conference', ['conferenceId'], { unique: true })
export class VisaSettings {
  /** The conference's, or that of the house. */
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_visa_settings_conference' })
  conference: Relation<Conference> | null;

  /** Null: the house, for its visits. */
  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(varchar('host_name', 300))
  hostName: string;

  /** УНП, the taxpayer's number. */
  @Column(varchar('host_unp', 20))
  hostUnp: string;

  @Column(text('host_address'))
  hostAddress: string;

  @Column(varchar('host_phone', 40))
  hostPhone: string;

  @Column(varchar('signatory_name', 200))
  signatoryName: string;

  @Column(varchar('signatory_position', 200))
  signatoryPosition: string;

  @Column(integer('details_days'))
  detailsDays: number;

  @Column(integer('scan_days'))
  scanDays: number;

  @Column(integer('version'))
  version: number;
}

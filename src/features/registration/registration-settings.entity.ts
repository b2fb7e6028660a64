import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, json, uuid, varchar } from '../../platform/database/columns.js';
import { Conference } from '../conferences/index.js';
import type { Category, Form } from './participation.rules.js';
import type { ApprovalMode } from './registration.rules.js';

/**
 * How a conference is registered for, and its counters. `taken`, `waitingNext` and `nextNumber` are only ever moved by
 * compare-and-set, so the version guards what organizers edit and not them (ruling 10).
 */
@Entity('registration_settings')
export class RegistrationSettings {
  /** The conference's. */
  @PrimaryColumn(uuid('conference_id'))
  id: string;

  @OneToOne(() => Conference, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_registration_settings_conference' })
  conference: Relation<Conference>;

  @Column(instant('opens_at', { nullable: true }))
  opensAt: Date | null;

  @Column(instant('closes_at', { nullable: true }))
  closesAt: Date | null;

  @Column(varchar('approval', 12))
  approval: ApprovalMode;

  /** Seats in the hall; null: no limit. */
  @Column(integer('capacity', { nullable: true }))
  capacity: number | null;

  /** Seats held now, offered ones included. More than `capacity` after it was lowered. */
  @Column(integer('taken'))
  taken: number;

  /** The position that the next one to wait gets. */
  @Column(integer('waiting_next'))
  waitingNext: number;

  @Column(integer('next_number'))
  nextNumber: number;

  /** Those that the public page offers. */
  @Column(json('categories'))
  categories: Category[];

  @Column(json('forms'))
  forms: Form[];

  /** How long an offered place is kept. */
  @Column(integer('offer_hours'))
  offerHours: number;

  @Column(integer('version'))
  version: number;
}

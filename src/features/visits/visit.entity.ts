import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { day, flag, instant, integer, json, text, uuid, varchar } from '../../platform/database/columns.js';
import { Institution } from '../cooperation/index.js';
import type { ReadinessKey } from './readiness.rules.js';
import type {
  Channel,
  Confidentiality,
  Financing,
  Interpretation,
  PressPolicy,
  Stage,
  VisitKind,
  VisitLevel,
  VisitState,
} from './visit.rules.js';

/** A delegation's stay, from the enquiry to the closed file. */
@Entity('visits')
@Index('uq_visits_ref', ['ref'], { unique: true })
@Index('ix_visits_dates', ['startsOn', 'id'])
@Index('ix_visits_conference', ['conferenceId'])
export class Visit {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** `V-2027-014`; for addresses and papers. */
  @Column(varchar('ref', 16))
  ref: string;

  @Column(varchar('state', 24))
  state: VisitState;

  /** The stage that a postponed visit had reached. */
  @Column(varchar('postponed_from', 24, { nullable: true }))
  postponedFrom: Stage | null;

  @Column(json('title'))
  title: Localized;

  @Column(varchar('kind', 16))
  kind: VisitKind;

  @Column(integer('level'))
  level: VisitLevel;

  @Column(varchar('confidentiality', 12))
  confidentiality: Confidentiality;

  /** Where the guests come from. */
  @ManyToOne(() => Institution, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'institution_id', foreignKeyConstraintName: 'fk_visits_institution' })
  institution: Relation<Institution> | null;

  @Column(uuid('institution_id', { nullable: true }))
  institutionId: string | null;

  /** ISO 3166-1 alpha-2, or XX: the country of the delegation. */
  @Column(varchar('country', 2, { nullable: true }))
  country: string | null;

  /** Who asked for it, as on their letter. */
  @Column(varchar('initiator', 300, { nullable: true }))
  initiator: string | null;

  @Column(varchar('channel', 16, { nullable: true }))
  channel: Channel | null;

  /** Number and date of their letter in the register of the house. */
  @Column(varchar('incoming_no', 60, { nullable: true }))
  incomingNo: string | null;

  @Column(day('incoming_on', { nullable: true }))
  incomingOn: string | null;

  @Column(text('purpose', { nullable: true }))
  purpose: string | null;

  @Column(text('topics', { nullable: true }))
  topics: string | null;

  /** Opaque here as in the journal: the conference that the delegation comes to. */
  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(uuid('agreement_id', { nullable: true }))
  agreementId: string | null;

  @Column(day('starts_on', { nullable: true }))
  startsOn: string | null;

  /** The last day itself. */
  @Column(day('ends_on', { nullable: true }))
  endsOn: string | null;

  @Column(flag('flexible'))
  flexible: boolean;

  /** IANA zone of the library; the programme of stay has the same. */
  @Column(varchar('zone', 60))
  zone: string;

  /** Who receives them, as printed. */
  @Column(varchar('host_principal', 200, { nullable: true }))
  hostPrincipal: string | null;

  /** Accounts. */
  @Column(uuid('responsible_id', { nullable: true }))
  responsibleId: string | null;

  @Column(uuid('deputy_id', { nullable: true }))
  deputyId: string | null;

  /** What the guests speak, BCP 47. */
  @Column(json('languages'))
  languages: string[];

  @Column(varchar('interpretation', 16))
  interpretation: Interpretation;

  @Column(json('financing'))
  financing: Financing;

  @Column(varchar('press', 8))
  press: PressPolicy;

  @Column(varchar('dress_code', 200, { nullable: true }))
  dressCode: string | null;

  @Column(text('flags', { nullable: true }))
  flags: string | null;

  @Column(varchar('budget', 200, { nullable: true }))
  budget: string | null;

  @Column(varchar('decided_by', 200, { nullable: true }))
  decidedBy: string | null;

  @Column(day('decided_on', { nullable: true }))
  decidedOn: string | null;

  @Column(text('decision', { nullable: true }))
  decision: string | null;

  /** What came of it, in the officer's words. */
  @Column(text('results', { nullable: true }))
  results: string | null;

  @Column(text('lessons', { nullable: true }))
  lessons: string | null;

  /** The day after which protected data of the stay are gone. */
  @Column(day('purge_on', { nullable: true }))
  purgeOn: string | null;

  /** Folded reference, titles, institution and country, for search in any script. */
  @Column(text('search'))
  search: string;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}

/** An account that is named for a visit besides its officers; for a restricted one nobody else is let in. */
@Entity('visit_named')
@Index('uq_visit_named', ['visitId', 'accountId'], { unique: true })
export class VisitNamed {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_named_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(uuid('account_id'))
  accountId: string;
}

/** A line of readiness that somebody let pass, with the reason. */
@Entity('visit_overrides')
@Index('uq_visit_overrides', ['visitId', 'key'], { unique: true })
export class VisitOverride {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_overrides_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('key', 24))
  key: ReadinessKey;

  @Column(varchar('reason', 1000))
  reason: string;

  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  @Column(instant('at'))
  at: Date;
}

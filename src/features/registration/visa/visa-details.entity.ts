import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, text, uuid } from '../../../platform/database/columns.js';
import { DETAIL_COLUMNS } from './visa.words.js';
import { VisaRequest } from './visa-request.entity.js';

/** What a passport says, each value sealed by the vault and bound to its row and column. Null: not given. */
@Entity('visa_details')
export class VisaDetails {
  /** The request's. */
  @PrimaryColumn(uuid('request_id'))
  id: string;

  @OneToOne(() => VisaRequest, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_visa_details_request' })
  request: Relation<VisaRequest>;

  @Column(text(DETAIL_COLUMNS.citizenship, { nullable: true }))
  citizenship: string | null;

  @Column(text(DETAIL_COLUMNS.otherCitizenships, { nullable: true }))
  otherCitizenships: string | null;

  @Column(text(DETAIL_COLUMNS.residence, { nullable: true }))
  residence: string | null;

  @Column(text(DETAIL_COLUMNS.surname, { nullable: true }))
  surname: string | null;

  @Column(text(DETAIL_COLUMNS.givenNames, { nullable: true }))
  givenNames: string | null;

  @Column(text(DETAIL_COLUMNS.cyrillicName, { nullable: true }))
  cyrillicName: string | null;

  @Column(text(DETAIL_COLUMNS.sex, { nullable: true }))
  sex: string | null;

  @Column(text(DETAIL_COLUMNS.birthDate, { nullable: true }))
  birthDate: string | null;

  @Column(text(DETAIL_COLUMNS.birthPlace, { nullable: true }))
  birthPlace: string | null;

  @Column(text(DETAIL_COLUMNS.passportType, { nullable: true }))
  passportType: string | null;

  @Column(text(DETAIL_COLUMNS.passportNumber, { nullable: true }))
  passportNumber: string | null;

  @Column(text(DETAIL_COLUMNS.issuedOn, { nullable: true }))
  issuedOn: string | null;

  @Column(text(DETAIL_COLUMNS.expiresOn, { nullable: true }))
  expiresOn: string | null;

  @Column(text(DETAIL_COLUMNS.issuer, { nullable: true }))
  issuer: string | null;

  @Column(text(DETAIL_COLUMNS.route, { nullable: true }))
  route: string | null;

  @Column(text(DETAIL_COLUMNS.stayAddress, { nullable: true }))
  stayAddress: string | null;

  @Column(text(DETAIL_COLUMNS.employer, { nullable: true }))
  employer: string | null;

  @Column(text(DETAIL_COLUMNS.position, { nullable: true }))
  position: string | null;

  @Column(text(DETAIL_COLUMNS.workAddress, { nullable: true }))
  workAddress: string | null;

  @Column(text(DETAIL_COLUMNS.workPhone, { nullable: true }))
  workPhone: string | null;

  @Column(text(DETAIL_COLUMNS.payer, { nullable: true }))
  payer: string | null;

  /** What the signed letter says, hashed with a key and the request's id, then sealed like the rest. */
  @Column(text('fingerprint', { nullable: true }))
  fingerprint: string | null;

  @Column(instant('updated_at'))
  updatedAt: Date;
}

import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, uuid } from '../../platform/database/columns.js';
import { Registration } from './registration.entity.js';

/** A session that somebody wants to attend. No foreign key to the session: what was released outlives the draft. */
@Entity('session_choices')
@Index('uq_session_choices', ['registrationId', 'sessionId'], { unique: true })
@Index('ix_session_choices_session', ['sessionId'])
export class SessionChoice {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Registration, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'registration_id', foreignKeyConstraintName: 'fk_session_choices_registration' })
  registration: Relation<Registration>;

  @Column(uuid('registration_id'))
  registrationId: string;

  @Column(uuid('session_id'))
  sessionId: string;

  @Column(instant('chosen_at'))
  chosenAt: Date;
}

/** How many have chosen a session whose places are limited; moved by compare-and-set only. */
@Entity('session_places')
export class SessionPlaces {
  @PrimaryColumn(uuid('session_id'))
  id: string;

  @Column(integer('taken'))
  taken: number;
}

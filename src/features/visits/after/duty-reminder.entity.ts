import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { day, instant, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { Duty } from './duty.rules.js';

/** That the responsible officer was reminded of what is owed after a visit: once soon, once late, for each day it was due. */
@Entity('visit_duty_reminders')
@Index('uq_visit_duty_reminders', ['visitId', 'duty', 'dueOn', 'urgency'], { unique: true })
export class DutyReminder {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_duty_reminders_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('duty', 12))
  duty: Duty;

  @Column(day('due_on'))
  dueOn: string;

  @Column(varchar('urgency', 8))
  urgency: 'soon' | 'overdue';

  @Column(instant('at'))
  at: Date;
}

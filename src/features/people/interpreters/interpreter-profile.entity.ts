import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { flag, integer, json, uuid, varchar } from '../../../platform/database/columns.js';
import { Person } from '../person.entity.js';
import type { Direction, InterpretingMode, Standing } from './interpreter.rules.js';

/** That a person interprets, and what. */
@Entity('interpreter_profiles')
@Index('uq_interpreter_profiles_person', ['personId'], { unique: true })
export class InterpreterProfile {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_interpreter_profiles_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(json('directions'))
  directions: Direction[];

  @Column(json('modes'))
  modes: InterpretingMode[];

  @Column(varchar('standing', 10))
  standing: Standing;

  /** May translate for authorities. */
  @Column(flag('sworn'))
  sworn: boolean;

  @Column(integer('version'))
  version: number;
}

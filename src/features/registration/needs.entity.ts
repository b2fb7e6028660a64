import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, text, uuid } from '../../platform/database/columns.js';
import { Registration } from './registration.entity.js';

/** Diet and access needs, sealed by the vault. No row, or null: nothing was said. */
@Entity('needs')
export class Needs {
  /** The registration's. */
  @PrimaryColumn(uuid('registration_id'))
  id: string;

  @OneToOne(() => Registration, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'registration_id', foreignKeyConstraintName: 'fk_needs_registration' })
  registration: Relation<Registration>;

  @Column(text('diet', { nullable: true }))
  diet: string | null;

  @Column(text('access', { nullable: true }))
  access: string | null;

  @Column(instant('updated_at'))
  updatedAt: Date;
}

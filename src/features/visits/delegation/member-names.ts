import { personName } from '../../people/index.js';
import type { VisitMember } from './member.entity.js';
import type { MemberOfDelegation } from './members.service.js';

export interface NamedMember extends VisitMember {
  readonly name: string;
}

/** The members of a delegation, each with the name of their person. */
export function withNames(delegation: readonly MemberOfDelegation[]): NamedMember[] {
  return delegation.map(({ member, person }) => ({ ...member, name: personName(person) }));
}

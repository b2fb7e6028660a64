import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import type { ShownOwner } from '../../documents/index.js';
import { People } from '../../people/index.js';
import { VisaStays, type Stay, type StayName, type StaySource, type VisaRequest } from '../../registration/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { MEMBER_STAY } from '../delegation/member-visas.queries.js';
import { keptVisit } from '../purge/kept-visit.js';
import { countsFrom } from '../purge/visit-terms.rules.js';
import { hrefOf } from '../visit-frame.js';
import { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { expectsMember } from './member-stay.rules.js';

/** Members of delegations as stays that may need a visa: the days of the visit. */
@Injectable()
export class MemberStays implements OnModuleInit, StaySource {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly visits: Visits,
    private readonly stays: VisaStays,
  ) {}

  onModuleInit(): void {
    this.stays.from(MEMBER_STAY, this);
  }

  async of(ids: readonly string[]): Promise<Stay[]> {
    const members = await this.db.all(VisitMember, { id: ids });
    const visits = await this.visitsOf(members);
    const people = await this.people.byIds(members.map(({ personId }) => personId));
    return members.map((member): Stay => {
      const visit = visits.get(member.visitId)!;
      const { title, startsOn, endsOn, zone, conferenceId, ref } = visit;
      return {
        kind: MEMBER_STAY,
        id: member.id,
        conferenceId,
        personId: member.personId,
        locale: people.get(member.personId)?.locale ?? 'en',
        active: expectsMember(visit, member),
        title,
        startsOn,
        endsOn,
        zone,
        countsFrom: countsFrom(keptVisit(visit)),
        keptUntil: visit.purgeOn,
        subjects: [`visit:${visit.id}`, ...(conferenceId ? [`conference:${conferenceId}` as const] : [])],
        number: `${ref}/${member.orderNo}`,
        role: `delegation.role.${member.role}`,
        purpose: 'visa.purposeOfVisit',
      };
    });
  }

  /** Members of a visit that is linked to the conference that somebody has registered for. */
  async alike({ personId, conferenceId }: Stay): Promise<StayName[]> {
    if (conferenceId === null) return [];
    const members = await this.db.all(VisitMember, { personId });
    const visits = await this.visitsOf(members);
    return members
      .filter((member) => visits.get(member.visitId)!.conferenceId === conferenceId)
      .filter((member) => expectsMember(visits.get(member.visitId)!, member))
      .map(({ id }) => ({ kind: MEMBER_STAY, id }));
  }

  /** To whoever writes the visit and may see passport data. */
  async readable(viewer: Viewer, requests: readonly VisaRequest[]): Promise<Map<string, ShownOwner>> {
    if (viewer.level('visa', null) !== 'write') return new Map();
    const members = await this.db.all(VisitMember, { id: requests.map(({ stayId }) => stayId) });
    const visits = await this.visitsOf(members);
    const open = new Set<string>();
    for (const visit of visits.values())
      if ((await this.visits.accessOf(viewer, visit)) === 'write') open.add(visit.id);
    return new Map(
      requests.flatMap(({ id, stayId }) => {
        const member = members.find((one) => one.id === stayId);
        if (!member || !open.has(member.visitId)) return [];
        const visit = visits.get(member.visitId)!;
        return [[id, { label: `${visit.ref}/${member.orderNo}`, href: `${hrefOf(visit)}/visa/${member.id}` }] as const];
      }),
    );
  }

  private async visitsOf(members: readonly VisitMember[]): Promise<Map<string, Visit>> {
    const visits = await this.db.all(Visit, { id: [...new Set(members.map(({ visitId }) => visitId))] });
    return new Map(visits.map((visit) => [visit.id, visit]));
  }
}

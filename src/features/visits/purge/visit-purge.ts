import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { HoldSubjects } from '../../../platform/purge/hold-subjects.js';
import { PurgeRules, type SubjectKey } from '../../../platform/purge/purge-rules.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { VisitProposal } from '../delegation/composition.entity.js';
import { VisitLink } from '../delegation/delegation-link.entity.js';
import { VisitMember } from '../delegation/member.entity.js';
import { VisitLeg, VisitLodging } from '../logistics/logistics.entity.js';
import { VisitSession } from '../stay/stay.entity.js';
import { Visit } from '../visit.entity.js';
import { keptVisit } from './kept-visit.js';
import { LINK_DAYS, needsGoAt, travelGoesAt, type KeptVisit } from './visit-terms.rules.js';

const DAY_MS = 86_400_000;

/** What goes by itself after a visit, but for what a passport says (visa support) and notes (VisitNotes). */
@Injectable()
export class VisitPurge {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    rules: PurgeRules,
    subjects: HoldSubjects,
  ) {
    subjects.declare('visit', {
      find: async (ref) => (await this.db.one(Visit, { ref: ref.trim().toUpperCase() }))?.id ?? null,
      // The reference and nothing else: whoever keeps the holds need not know what a restricted visit is about.
      names: async (ids) => new Map((await this.db.all(Visit, { id: ids })).map(({ id, ref }) => [id, ref])),
    });
    rules.add({
      name: 'diets and needs of delegations',
      group: 'D',
      due: (at) => this.needsDue(at),
      about: (ids) => this.aboutMembers(ids),
      purge: (id) => this.dropNeeds(id),
    });
    rules.add({
      name: 'wishes of delegations',
      group: 'D',
      due: (at) => this.wishesDue(at),
      about: (ids) => this.aboutWishes(ids),
      purge: (id) => this.dropWish(id),
    });
    rules.add({
      name: 'journeys and rooms of visits',
      group: 'E',
      due: (at) => this.travelDue(at),
      about: (ids) => Promise.resolve(aboutVisits(ids)),
      purge: (id) => this.dropTravel(id),
    });
    rules.add({
      name: 'links of delegations',
      group: 'G',
      due: (at) => this.linksDue(at),
      about: (ids) => this.aboutLinks(ids),
      purge: (id) => this.dropLink(id),
    });
  }

  private async needsDue(at: Date): Promise<string[]> {
    const members = await this.db.repository(VisitMember).find({
      where: [{ diet: Not(IsNull()) }, { allergy: Not(IsNull()) }, { access: Not(IsNull()) }],
      select: { id: true, visitId: true },
    });
    const over = await this.visitsOver(members, (visit) => needsGoAt(visit) <= at);
    return members.filter(({ visitId }) => over.has(visitId)).map(({ id }) => id);
  }

  private async dropNeeds(id: string): Promise<void> {
    await this.db.compareAndSet(VisitMember, { id }, { diet: null, allergy: null, access: null });
  }

  /** What the guest side has typed into a wish that nobody has decided holds diets, too. */
  private async wishesDue(at: Date): Promise<string[]> {
    const wishes = await this.db
      .repository(VisitProposal)
      .find({ where: { content: Not(IsNull()) }, select: { id: true, visitId: true } });
    const over = await this.visitsOver(wishes, (visit) => needsGoAt(visit) <= at);
    return wishes.filter(({ visitId }) => over.has(visitId)).map(({ id }) => id);
  }

  private async dropWish(id: string): Promise<void> {
    const refused = { content: null, state: 'refused' as const, activeKey: null, decidedAt: this.clock.now() };
    await this.db.compareAndSet(VisitProposal, { id }, refused);
  }

  private async travelDue(at: Date): Promise<string[]> {
    const legs = await this.db.repository(VisitLeg).find({ select: { id: true, visitId: true } });
    const rooms = await this.db.repository(VisitLodging).find({ select: { id: true, visitId: true } });
    const contacts = await this.db
      .repository(VisitMember)
      .find({ where: { emergencyContact: Not(IsNull()) }, select: { id: true, visitId: true } });
    const over = await this.visitsOver([...legs, ...rooms, ...contacts], (visit) => travelGoesAt(visit) <= at);
    return [...over];
  }

  private dropTravel(visitId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.repository(VisitSession).update({ visitId, legId: Not(IsNull()) }, { legId: null });
      await this.db.repository(VisitLeg).delete({ visitId });
      await this.db.repository(VisitLodging).delete({ visitId });
      await this.db.repository(VisitMember).update({ visitId }, { emergencyContact: null });
    });
  }

  private async linksDue(at: Date): Promise<string[]> {
    const links = await this.db.repository(VisitLink).find();
    return links
      .filter(({ expiresAt, revokedAt }) => (revokedAt ?? expiresAt).getTime() + LINK_DAYS * DAY_MS <= at.getTime())
      .map(({ id }) => id);
  }

  private async dropLink(id: string): Promise<void> {
    await this.db.repository(VisitLink).delete({ id });
  }

  /** Of the visits of these rows, those whose time is over. */
  private async visitsOver(
    rows: readonly { visitId: string }[],
    isOver: (visit: KeptVisit) => boolean,
  ): Promise<Set<string>> {
    const ids = [...new Set(rows.map(({ visitId }) => visitId))];
    const visits = await this.db.all(Visit, { id: ids });
    return new Set(visits.filter((visit) => isOver(keptVisit(visit))).map(({ id }) => id));
  }

  private async aboutMembers(ids: readonly string[]): Promise<Map<string, SubjectKey[]>> {
    const members = await this.db.all(VisitMember, { id: ids });
    return new Map(members.map(({ id, visitId, personId }) => [id, [`visit:${visitId}`, `person:${personId}`]]));
  }

  private async aboutWishes(ids: readonly string[]): Promise<Map<string, SubjectKey[]>> {
    const wishes = await this.db.all(VisitProposal, { id: ids });
    return new Map(wishes.map(({ id, visitId }) => [id, [`visit:${visitId}`]]));
  }

  private async aboutLinks(ids: readonly string[]): Promise<Map<string, SubjectKey[]>> {
    const links = await this.db.all(VisitLink, { id: ids });
    return new Map(links.map(({ id, visitId }) => [id, [`visit:${visitId}`]]));
  }
}

/** Of things that are a whole visit. */
export function aboutVisits(ids: readonly string[]): Map<string, SubjectKey[]> {
  return new Map(ids.map((id) => [id, [`visit:${id}`]]));
}

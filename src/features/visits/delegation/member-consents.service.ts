import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual } from 'typeorm';
import { RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { Secrets } from '../../../platform/runtime/secrets.js';
import { Consents, People } from '../../people/index.js';
import { VisaRequests } from '../../registration/index.js';
import { Visit } from '../visit.entity.js';
import { MemberConsentAnswered, MemberConsentAsked, MemberRemoved, ProtectedDataGiven } from '../visits.events.js';
import { VisitProposal } from './composition.entity.js';
import { DelegationMails } from './delegation.mails.js';
import { MemberConsent } from './member-consent.entity.js';
import { consentUntil, isLate, provisionalOf, type ConsentAnswer, type GivenPurpose } from './member-consent.rules.js';
import { MemberNeeds } from './member-needs.service.js';
import { MEMBER_STAY } from './member-visas.queries.js';
import { VisitMember } from './member.entity.js';

const HOUR_MS = 3_600_000;

/**
 * What a focal point gives of somebody's diet, health or passport is provisional: whoever has an address is asked, and what
 * they do not agree to in time is deleted (privacy page, consents).
 */
@Injectable()
export class MemberConsents {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly secrets: Secrets,
    private readonly suppressions: Suppressions,
    private readonly people: People,
    private readonly consents: Consents,
    private readonly needs: MemberNeeds,
    private readonly visas: VisaRequests,
    private readonly mails: DelegationMails,
    jobs: Jobs,
  ) {
    journal.on(ProtectedDataGiven, ({ id, memberId }) => this.ask(id, memberId));
    journal.on(MemberRemoved, ({ memberId }) => this.mails.takeBackConsent(memberId));
    jobs.every(HOUR_MS, 'consents of delegations', async () => void (await this.lapseDue()));
  }

  /** The last question to each member of the visit, by member. */
  async of(visitId: string): Promise<Map<string, MemberConsent>> {
    const rows = await this.db.all(MemberConsent, { visitId });
    return new Map(rows.map((row) => [row.memberId, row]));
  }

  byToken(token: string): Promise<MemberConsent | null> {
    return this.db.one(MemberConsent, { tokenHash: hashOf(token) });
  }

  /** What the question is about. */
  async about(row: MemberConsent): Promise<{ visit: Visit; member: VisitMember; purposes: GivenPurpose[] }> {
    const member = (await this.db.one(VisitMember, { id: row.memberId }))!;
    const visit = (await this.db.one(Visit, { id: row.visitId }))!;
    return { visit, member, purposes: provisionalOf(await this.consents.current(member.personId)) };
  }

  /** The person answers themselves. Throws RuleViolation once it is answered or too late. */
  answer(read: MemberConsent, answer: Exclude<ConsentAnswer, 'lapsed'>): Promise<void> {
    return this.db.transaction(async () => {
      const row = await this.db.one(MemberConsent, { id: read.id });
      if (!row || row.answer !== null || isLate(row, this.clock.now()))
        throw new RuleViolation('error.visit.consentOver');
      await this.end(row, answer);
    });
  }

  /** Deletes what nobody agreed to in time. Answers how many there were. */
  async lapseDue(): Promise<number> {
    const due = await this.db
      .repository(MemberConsent)
      .find({ where: { answer: IsNull(), until: LessThanOrEqual(this.clock.now()) }, select: { id: true } });
    let lapsed = 0;
    for (const { id } of due)
      await this.db.transaction(async () => {
        const row = await this.db.one(MemberConsent, { id });
        if (!row || !isLate(row, this.clock.now())) return;
        await this.end(row, 'lapsed');
        lapsed++;
      });
    return lapsed;
  }

  /** Whoever is asked already is not asked again; who has no address, or one that is stopped, cannot be. */
  private async ask(visitId: string, memberId: string): Promise<void> {
    const member = (await this.db.one(VisitMember, { id: memberId }))!;
    const person = await this.people.byId(member.personId);
    if (provisionalOf(await this.consents.current(member.personId)).length === 0) return;
    if (!person?.email || (await this.suppressions.stopped([person.email])).size > 0) return;
    const before = await this.db.one(MemberConsent, { memberId });
    if (before && before.answer === null) return;
    if (before) await this.db.repository(MemberConsent).delete({ id: before.id });
    const now = this.clock.now();
    const id = this.ids.next();
    const token = this.secrets.sign('delegation-consent', id);
    const until = consentUntil(now);
    const row = { id, visitId, memberId, tokenHash: hashOf(token), until, answer: null, askedAt: now };
    await this.db.insert(MemberConsent, { ...row, answeredAt: null, version: 1 });
    const visit = (await this.db.one(Visit, { id: visitId }))!;
    await this.mails.consent(visit, { person, memberId, token, id, until });
    await this.journal.record(MemberConsentAsked({ id: visitId, memberId, personId: person.id }));
  }

  private async end(row: MemberConsent, answer: ConsentAnswer): Promise<void> {
    const { member, visit, purposes } = await this.about(row);
    const { personId, id: memberId } = member;
    await this.db.updateIfUnchanged(MemberConsent, row, { answer, answeredAt: this.clock.now() });
    const agreed = answer === 'agree';
    const channel = answer === 'lapsed' ? 'focal' : 'web';
    const answers = Object.fromEntries(purposes.map((purpose) => [purpose, agreed]));
    await this.consents.record({ personId, answers, channel });
    if (!agreed && purposes.includes('special')) await this.forgetNeeds(visit, member);
    if (!agreed && purposes.includes('visa')) {
      const request = await this.visas.ofStay({ kind: MEMBER_STAY, id: memberId });
      if (request) await this.visas.forget(request, channel);
    }
    await this.journal.record(MemberConsentAnswered({ id: visit.id, memberId, personId, answer }));
  }

  /** Also what waits as a wish: it was typed by the same side. */
  private async forgetNeeds(visit: Visit, member: VisitMember): Promise<void> {
    await this.needs.write(visit, member, { diet: null, allergy: null, access: null });
    const refused = { content: null, state: 'refused' as const, activeKey: null, decidedAt: this.clock.now() };
    await this.db.compareAndSet(VisitProposal, { activeKey: member.id }, refused);
  }
}

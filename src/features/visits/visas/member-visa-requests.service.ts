import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import type { ConsentChannel } from '../../people/index.js';
import {
  allows,
  VisaRequests,
  VisaStays,
  type DetailsInput,
  VisaRequest,
  type Stay,
} from '../../registration/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { MEMBER_STAY, MemberVisas } from '../delegation/member-visas.queries.js';
import { Delegations } from '../delegation/members.service.js';
import { Visit } from '../visit.entity.js';
import { MemberChanged, MemberRemoved, ProtectedDataGiven, VisitChanged, VisitStateChanged } from '../visits.events.js';

/** Who writes what a passport says, and what they say of the consent. */
export interface Giver {
  readonly consent: boolean;
  /** `focal`: the guest side; `paper`: an officer, from what was sent to the house. */
  readonly channel: Extract<ConsentChannel, 'focal' | 'paper'>;
  /** The version that they saw; null: there was no request yet. */
  readonly version: number | null;
}

/** Visa requests of the members of a delegation: begun by what is known of them, and following what becomes of the visit. */
@Injectable()
export class MemberVisaRequests {
  constructor(
    private readonly db: Database,
    private readonly stays: VisaStays,
    private readonly requests: VisaRequests,
    private readonly visas: MemberVisas,
    private readonly delegations: Delegations,
    private readonly journal: Journal,
  ) {
    journal.on(MemberChanged, ({ memberId, fields }) => this.memberChanged(memberId, fields));
    journal.on(MemberRemoved, ({ memberId }) => this.requests.stayIsGone({ kind: MEMBER_STAY, id: memberId }));
    journal.on(VisitChanged, async ({ id, days }) => {
      if (days !== null)
        for (const stay of await this.staysOf(id)) await this.requests.stayMoved(stay, days.before, days.after);
    });
    journal.on(VisitStateChanged, async ({ id, to }) => {
      if (to === 'cancelled' || to === 'declined')
        for (const stay of await this.staysOf(id)) await this.requests.stayIsOff(stay);
    });
  }

  /** What they come for. Throws NotFound for somebody who is gone. */
  async stayOf({ id }: Pick<VisitMember, 'id'>): Promise<Stay> {
    const stay = await this.stays.one({ stayKind: MEMBER_STAY, stayId: id });
    if (!stay) throw new NotFound();
    return stay;
  }

  /** The request that serves the member: of this visit, or of the conference that they have registered for. */
  async of(member: Pick<VisitMember, 'id'>): Promise<VisaRequest | null> {
    return this.requests.serving(await this.stayOf(member));
  }

  /** The same for a whole delegation, by member, in a fixed number of statements. */
  async ofAll({ conferenceId }: Visit, members: readonly VisitMember[]): Promise<Map<string, VisaRequest>> {
    const own = await this.db.all(VisaRequest, { stayKind: MEMBER_STAY, stayId: members.map(({ id }) => id) });
    const personId = members.map((member) => member.personId);
    const registered = conferenceId === null ? [] : await this.db.all(VisaRequest, { conferenceId, personId });
    const there = ({ state }: VisaRequest) => state !== 'withdrawn';
    return new Map(
      members.flatMap((member) => {
        const first = own.find(({ stayId }) => stayId === member.id);
        const other = registered.find((request) => request.personId === member.personId && there(request));
        const request = first && there(first) ? first : (other ?? first);
        return request ? [[member.id, request] as const] : [];
      }),
    );
  }

  /** Asks the table with what the delegation says of its member, and keeps the answer. Throws RuleViolation where too little is known. */
  begin(visit: Visit, member: VisitMember): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const stay = await this.stayOf(member);
      if (!stay.active) throw new RuleViolation('error.visit.visaClosed');
      const entry = await this.visas.answers(visit, member);
      if (!entry) throw new RuleViolation('error.visit.visaUnknown');
      const { citizenship, passportType, entryPoint } = entry;
      return this.requests.assess(stay, { citizenship, passportType, entryPoint });
    });
  }

  /** Opens a request for everybody who needs a visa and has none. Answers how many there were. */
  beginAll(visit: Visit): Promise<number> {
    return this.db.transaction(async () => {
      const members = (await this.delegations.of(visit.id)).map(({ member }) => member);
      const decisions = await this.visas.decisions(visit, members);
      const requests = await this.ofAll(visit, members);
      const needed = members.filter(({ id }) => decisions.get(id)?.outcome === 'needed' && isMissing(requests.get(id)));
      for (const member of needed) await this.begin(visit, member);
      return needed.length;
    });
  }

  /**
   * What the passport says, given by somebody else than its owner: it begins the request where there is none. Throws
   * InvalidInput, Stale, RuleViolation.
   */
  give(
    visit: Visit,
    member: VisitMember,
    input: DetailsInput,
    { consent, channel, version }: Giver,
  ): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const stay = await this.stayOf(member);
      if (!stay.active) throw new RuleViolation('error.visit.visaClosed');
      const before = await this.requests.serving(stay);
      if (before && before.stayKind !== MEMBER_STAY) throw new RuleViolation('error.visit.visaOwn');
      if ((before?.version ?? null) !== version) throw new Stale(before);
      const request = isMissing(before) ? await this.begin(visit, member) : before!;
      const after = await this.requests.give(stay, request, input, { given: consent, channel });
      if (channel === 'focal')
        await this.journal.record(ProtectedDataGiven({ id: visit.id, memberId: member.id, personId: member.personId }));
      return after;
    });
  }

  /** Another passport is another answer of the table, as long as no letter was written and nobody has decided by hand. */
  private async memberChanged(id: string, fields: readonly string[]): Promise<void> {
    if (!fields.some((field) => ['citizenship', 'passportType', 'inPerson'].includes(field))) return;
    const stay = { kind: MEMBER_STAY, id };
    const request = await this.requests.ofStay(stay);
    const member = await this.db.one(VisitMember, { id });
    if (!request || !member) return;
    if (!member.inPerson) return this.requests.stayIsOff(stay);
    const visit = (await this.db.one(Visit, { id: member.visitId }))!;
    const { active } = await this.stayOf(member);
    const byTable = request.checkedOn !== null && request.purgedAt === null && request.state !== 'withdrawn';
    if (active && byTable && allows(request.state, 'assess') && (await this.visas.answers(visit, member)))
      await this.begin(visit, member);
  }

  private async staysOf(visitId: string): Promise<{ kind: string; id: string }[]> {
    return (await this.db.all(VisitMember, { visitId })).map(({ id }) => ({ kind: MEMBER_STAY, id }));
  }
}

function isMissing(request: VisaRequest | null | undefined): boolean {
  return !request || request.state === 'withdrawn' || request.state === 'unknown';
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { decideEntry, EntryRules, VisaRequest, type Entry, type EntryDecision } from '../../registration/index.js';
import { VisitLeg, VisitLegPassenger } from '../logistics/logistics.entity.js';
import type { Visit } from '../visit.entity.js';
import type { VisitMember } from './member.entity.js';
import { visaStanding, type VisaStanding } from './visa-need.rules.js';

/** The kind of stay under which a member of a delegation may have a request of their own. */
export const MEMBER_STAY = 'visit_member';

/** How the visas of delegations stand: from requests of their own or of the conference they come to, else from the table. */
@Injectable()
export class MemberVisas {
  constructor(
    private readonly db: Database,
    private readonly rules: EntryRules,
  ) {}

  /** By member. A fixed number of statements, however many visits. */
  async of(visits: readonly Visit[], members: readonly VisitMember[]): Promise<Map<string, VisaStanding>> {
    if (members.length === 0) return new Map();
    const rules = await this.rules.list();
    const requests = await this.db.all(VisaRequest, {
      personId: [...new Set(members.map(({ personId }) => personId))],
    });
    const flying = await this.flying(visits);
    return new Map(
      members.map((member) => {
        const visit = visits.find(({ id }) => id === member.visitId)!;
        const own = requests.filter((request) => isOf(request, member, visit));
        const entry = entryOf(visit, member, flying.has(member.id));
        return [member.id, visaStanding(member, own, entry && decideEntry(rules, entry).outcome)];
      }),
    );
  }

  /** What the table says of each now; members of whom too little is known are left out. */
  async decisions(visit: Visit, members: readonly VisitMember[]): Promise<Map<string, EntryDecision>> {
    const rules = await this.rules.list();
    const flying = await this.flying([visit]);
    return new Map(
      members.flatMap((member) => {
        const entry = entryOf(visit, member, flying.has(member.id));
        return entry && member.inPerson ? [[member.id, decideEntry(rules, entry)] as const] : [];
      }),
    );
  }

  /** The three questions of a visa as far as the delegation answers them; null where something is not known. */
  async answers(visit: Visit, member: VisitMember): Promise<Entry | null> {
    return entryOf(visit, member, (await this.flying([visit])).has(member.id));
  }

  /** Members of whom a signed visa letter says something that is no longer so: a passport that was renewed, a name, other days. */
  async outdated(visit: Visit, members: readonly VisitMember[]): Promise<Set<string>> {
    const requests = await this.db.all(VisaRequest, {
      personId: [...new Set(members.map(({ personId }) => personId))],
      mismatch: true,
    });
    return new Set(members.filter((member) => requests.some((one) => isOf(one, member, visit))).map(({ id }) => id));
  }

  /** Members who arrive by air: the rules of an airport are not those of a border. */
  private async flying(visits: readonly Visit[]): Promise<Set<string>> {
    const legs = await this.db.all(VisitLeg, {
      visitId: visits.map(({ id }) => id),
      direction: 'arrival',
      mode: 'flight',
    });
    const there = legs.filter(({ status }) => status !== 'cancelled').map(({ id }) => id);
    return new Set((await this.db.all(VisitLegPassenger, { legId: there })).map(({ memberId }) => memberId));
  }
}

function entryOf(
  { startsOn, endsOn }: Visit,
  { citizenship, passportType }: VisitMember,
  flies: boolean,
): Entry | null {
  if (citizenship === null || passportType === null || startsOn === null || endsOn === null) return null;
  return {
    citizenship,
    passportType: passportType === 'laissez_passer' ? 'un' : passportType,
    entryPoint: flies ? 'airport' : 'border',
    from: startsOn,
    to: endsOn,
  };
}

/** Does the request serve this member at this visit: one of their own, or of the conference that the visit comes to? */
function isOf(
  { personId, stayKind, stayId, conferenceId }: VisaRequest,
  member: VisitMember,
  visit: Pick<Visit, 'conferenceId'>,
): boolean {
  if (personId !== member.personId) return false;
  if (stayKind === MEMBER_STAY && stayId === member.id) return true;
  return conferenceId !== null && conferenceId === visit.conferenceId;
}

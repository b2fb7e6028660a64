import { Injectable } from '@nestjs/common';
import { Forbidden, InvalidInput, NotFound, RuleViolation } from '../../kernel/errors.js';
import { localDay } from '../../kernel/zones.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { WHOLE_HOUSE, type Viewer } from '../../platform/web/viewer.js';
import { Agreements, Institutions } from '../cooperation/index.js';
import { Conferences } from '../conferences/index.js';
import { References } from '../documents/index.js';
import { Programmes } from '../programme/index.js';
import { inTheWay, NEVER_OVERRIDDEN, type ReadinessKey } from './readiness.rules.js';
import { Visit, VisitNamed, VisitOverride } from './visit.entity.js';
import { checkDays, stepped, type VisitStep } from './visit.rules.js';
import { accessTo, type VisitLevelOfAccess } from './visit-access.rules.js';
import { searchColumn } from './visit-search.rules.js';
import { mayKeepUntil, PURGE_DAYS } from './purge/visit-terms.rules.js';
import { VisitReadiness } from './visit-readiness.service.js';
import {
  ReadinessOverridden,
  ReadinessRestored,
  VisitChanged,
  VisitNamedAccount,
  VisitOpened,
  VisitStateChanged,
  VisitUnnamedAccount,
} from './visits.events.js';

/** What is typed into the card of a visit; state and reference follow their own ways. */
export type VisitFields = Omit<
  Visit,
  'id' | 'ref' | 'state' | 'postponedFrom' | 'institution' | 'search' | 'createdAt' | 'version'
>;
export type NewVisit = Pick<VisitFields, 'title' | 'kind' | 'level'> & Partial<VisitFields>;

interface Read {
  id: string;
  version: number;
}

/** Every visit of a delegation, from the enquiry to the closed file. */
@Injectable()
export class Visits {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly institutions: Institutions,
    private readonly agreements: Agreements,
    private readonly conferences: Conferences,
    private readonly references: References,
    private readonly readiness: VisitReadiness,
  ) {}

  /**
   * The visit, if it is there for this viewer. `inner`: what only those see who write it (notes, gifts, money, the file); for
   * others it is not there. Throws NotFound, also where they may not know of it, or Forbidden.
   */
  async open(viewer: Viewer, ref: string, needed: VisitLevelOfAccess | 'inner' = 'read'): Promise<Visit> {
    const visit = await this.db.one(Visit, { ref });
    const access = visit ? await this.accessOf(viewer, visit) : undefined;
    if (!visit || access === undefined || (needed === 'inner' && access !== 'write')) throw new NotFound();
    if (needed === 'write' && access !== 'write') throw new Forbidden();
    return visit;
  }

  async byId(id: string): Promise<Visit> {
    const visit = await this.db.one(Visit, { id });
    if (!visit) throw new NotFound();
    return visit;
  }

  async accessOf(viewer: Viewer, visit: Visit): Promise<VisitLevelOfAccess | undefined> {
    const named = await this.namedFor([visit.id]);
    return accessWith(viewer, visit, named.get(visit.id) ?? []);
  }

  /** Those of the visits that are there for the viewer. One statement. */
  async seenBy(viewer: Viewer, visits: readonly Visit[]): Promise<Visit[]> {
    const named = await this.namedFor(visits.map(({ id }) => id));
    return visits.filter((visit) => accessWith(viewer, visit, named.get(visit.id) ?? []) !== undefined);
  }

  /** As the viewer may read it: to those who do not write it, nothing of money, decision and lessons. Two statements. */
  async shownTo(viewer: Viewer, visits: readonly Visit[]): Promise<Visit[]> {
    const named = await this.namedFor(visits.map(({ id }) => id));
    return visits.map((visit) =>
      accessWith(viewer, visit, named.get(visit.id) ?? []) === 'write' ? visit : { ...visit, ...INNER },
    );
  }

  /** The accounts that are named for each visit. */
  async namedFor(visitIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.db.all(VisitNamed, { visitId: visitIds });
    return new Map(visitIds.map((id) => [id, rows.filter((row) => row.visitId === id).map((row) => row.accountId)]));
  }

  /**
   * Opens the file with the next reference of the year and an empty programme. `from`: the visit whose card it was filled
   * in with. Who opens it is responsible where nobody else is named.
   */
  openFile(input: NewVisit, from: string | null = null): Promise<Visit> {
    return this.db.transaction(async () => {
      const { actor } = currentContext();
      const fields: VisitFields = {
        ...EMPTY,
        responsibleId: actor.kind === 'account' ? actor.id : null,
        ...input,
      };
      await this.check(fields);
      checkPurgeDay(fields);
      const id = this.ids.next();
      const now = this.clock.now();
      const { text: ref } = await this.references.next('visit', Number(localDay(now, fields.zone).slice(0, 4)));
      const row = {
        id,
        ref,
        ...fields,
        state: 'enquiry' as const,
        postponedFrom: null,
        search: await this.searchOf(ref, fields),
        createdAt: now,
        version: 1,
      };
      await this.db.insert(Visit, row);
      await this.programmes.createFor({ ownerKind: 'visit', ownerId: id, zone: fields.zone });
      await this.journal.record(VisitOpened({ id, ref, from }));
      return row as Visit;
    });
  }

  /** Changes what is given and leaves the rest. Throws Stale, or InvalidInput at the field that does not fit. */
  edit(read: Read, changes: Partial<VisitFields>): Promise<Visit> {
    return this.db.transaction(async () => {
      const before = await this.byId(read.id);
      const after: Visit = { ...before, ...changes };
      await this.check(after);
      if ('purgeOn' in changes || 'endsOn' in changes) checkPurgeDay(after);
      const fields = (Object.keys(changes) as (keyof VisitFields)[]).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      const search = await this.searchOf(before.ref, after);
      const version = await this.db.updateIfUnchanged(Visit, read, { ...changes, search } as never);
      if (after.zone !== before.zone)
        await this.programmes.changeZone((await this.programmes.ofOwner(before.id)).id, after.zone);
      if (fields.length > 0)
        await this.journal.record(VisitChanged({ id: read.id, fields, days: movedDays(before, after) }));
      return { ...after, search, version };
    });
  }

  /** One step of its way. Throws RuleViolation where something that the step needs is missing (`error.visit.notReady`). */
  step(read: Read, step: VisitStep): Promise<Visit> {
    return this.db.transaction(async () => {
      const before = await this.byId(read.id);
      const { state, postponedFrom, startsOn, endsOn } = stepped(before, step);
      const way = inTheWay(await this.readiness.of(before), step.to);
      if (way.length > 0) throw new RuleViolation('error.visit.notReady', { count: way.length });
      const changes = { state, postponedFrom, startsOn, endsOn };
      const version = await this.db.updateIfUnchanged(Visit, read, changes);
      const after = { ...before, ...changes, version };
      if (startsOn !== before.startsOn || endsOn !== before.endsOn)
        await this.journal.record(
          VisitChanged({ id: read.id, fields: ['startsOn', 'endsOn'], days: movedDays(before, after) }),
        );
      await this.journal.record(VisitStateChanged({ id: read.id, from: before.state, to: state, reason: step.reason }));
      return after;
    });
  }

  /** Lets a line of readiness pass. The purge date is a rule of privacy and cannot be. */
  override(visit: Visit, key: ReadinessKey, reason: string): Promise<void> {
    if (NEVER_OVERRIDDEN.includes(key)) throw new RuleViolation('error.visit.neverOverridden');
    return this.db.transaction(async () => {
      const row = {
        id: this.ids.next(),
        visitId: visit.id,
        key,
        reason,
        accountId: currentContext().actor.id,
        at: this.clock.now(),
      };
      try {
        await this.db.insert(VisitOverride, row);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RuleViolation('error.visit.alreadyOverridden');
        throw error;
      }
      await this.journal.record(ReadinessOverridden({ id: visit.id, key, reason }));
    });
  }

  /** The line counts again. */
  restore(visit: Visit, key: ReadinessKey): Promise<void> {
    return this.db.transaction(async () => {
      const { affected } = await this.db.repository(VisitOverride).delete({ visitId: visit.id, key });
      if (!affected) throw new NotFound();
      await this.journal.record(ReadinessRestored({ id: visit.id, key }));
    });
  }

  name(visit: Visit, accountId: string): Promise<void> {
    return this.db.transaction(async () => {
      try {
        await this.db.insert(VisitNamed, { id: this.ids.next(), visitId: visit.id, accountId });
      } catch (error) {
        if (isUniqueViolation(error)) return;
        throw error;
      }
      await this.journal.record(VisitNamedAccount({ id: visit.id, accountId }));
    });
  }

  unname(visit: Visit, accountId: string): Promise<void> {
    return this.db.transaction(async () => {
      const { affected } = await this.db.repository(VisitNamed).delete({ visitId: visit.id, accountId });
      if (!affected) throw new NotFound();
      await this.journal.record(VisitUnnamedAccount({ id: visit.id, accountId }));
    });
  }

  private async check(fields: VisitFields): Promise<void> {
    checkDays(fields);
    if (
      fields.institutionId !== null &&
      !(await this.institutions.byIds([fields.institutionId])).has(fields.institutionId)
    )
      throw InvalidInput.at('institutionId', 'error.visit.unknownInstitution');
    if (fields.conferenceId !== null && !(await this.conferences.byId(fields.conferenceId)))
      throw InvalidInput.at('conferenceId', 'error.visit.unknownConference');
    if (fields.agreementId !== null && !(await this.agreementBelongs(fields)))
      throw InvalidInput.at('agreementId', 'error.visit.unknownAgreement');
    if (fields.deputyId !== null && fields.deputyId === fields.responsibleId)
      throw InvalidInput.at('deputyId', 'error.visit.ownDeputy');
  }

  private async agreementBelongs({ institutionId, agreementId }: VisitFields): Promise<boolean> {
    if (institutionId === null) return false;
    return (await this.agreements.of([institutionId])).some(({ id }) => id === agreementId);
  }

  private async searchOf(ref: string, fields: VisitFields): Promise<string> {
    const institution = fields.institutionId
      ? (await this.institutions.byIds([fields.institutionId])).get(fields.institutionId)
      : undefined;
    const names = institution ? [...Object.values(institution.name), institution.originalName, institution.city] : [];
    return searchColumn({ ...fields, ref, institution: names });
  }
}

const EMPTY: Omit<VisitFields, 'title' | 'kind' | 'level'> = {
  confidentiality: 'normal',
  institutionId: null,
  country: null,
  initiator: null,
  channel: null,
  incomingNo: null,
  incomingOn: null,
  purpose: null,
  topics: null,
  conferenceId: null,
  agreementId: null,
  startsOn: null,
  endsOn: null,
  flexible: false,
  zone: 'Europe/Minsk',
  hostPrincipal: null,
  responsibleId: null,
  deputyId: null,
  languages: [],
  interpretation: 'none',
  financing: {},
  press: 'closed',
  dressCode: null,
  flags: null,
  budget: null,
  decidedBy: null,
  decidedOn: null,
  decision: null,
  results: null,
  lessons: null,
  purgeOn: null,
};

/** What of the card only those see who write it. */
const INNER = {
  financing: {},
  budget: null,
  decidedBy: null,
  decidedOn: null,
  decision: null,
  lessons: null,
  purgeOn: null,
} satisfies Partial<VisitFields>;

function accessWith(viewer: Viewer, visit: Visit, named: readonly string[]): VisitLevelOfAccess | undefined {
  const { confidentiality, responsibleId, deputyId, conferenceId } = visit;
  if (viewer.kind !== 'account') return undefined;
  return accessTo(
    { confidentiality, responsibleId, deputyId, named, linked: conferenceId !== null },
    {
      accountId: viewer.id,
      anywhere: viewer.level('visit', null),
      house: viewer.level('visit', WHOLE_HOUSE),
      inConference: conferenceId === null ? undefined : viewer.level('visit', conferenceId),
    },
  );
}

/** Protected data are kept for a week at least and for three months at most. Throws InvalidInput at `purgeOn`. */
function checkPurgeDay({ purgeOn, endsOn }: VisitFields): void {
  if (purgeOn === null || endsOn === null || mayKeepUntil(purgeOn, endsOn)) return;
  const { min, max } = PURGE_DAYS;
  throw InvalidInput.at('purgeOn', 'error.visit.purgeOn', { min, max });
}

function movedDays(before: Visit, after: Visit) {
  const moved = before.startsOn !== after.startsOn || before.endsOn !== after.endsOn;
  const days = ({ startsOn, endsOn }: Visit) => ({ startsOn, endsOn });
  return moved ? { before: days(before), after: days(after) } : null;
}

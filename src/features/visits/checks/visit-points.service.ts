import { Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { VaultError } from '../../../platform/vault/vault.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Countries, personName } from '../../people/index.js';
import { ProgrammeQueries, worded } from '../../programme/index.js';
import { Duties } from '../after/duties.service.js';
import { VisitDay } from '../day/day.service.js';
import { findingsOf } from '../delegation/delegation-page.js';
import { MemberVisas } from '../delegation/member-visas.queries.js';
import { Delegations, type MemberOfDelegation } from '../delegation/members.service.js';
import { Catering } from '../logistics/catering.queries.js';
import { menuFindings } from '../logistics/catering.rules.js';
import { GIFTS_UP_TO_LEVEL, unequalGifts, withoutGift } from '../logistics/gift.rules.js';
import { Gifts } from '../logistics/gifts.service.js';
import { Journeys } from '../logistics/journeys.service.js';
import { withoutJourney } from '../logistics/leg.rules.js';
import { VisitPapers } from '../papers/papers.service.js';
import { isFrozen, StayReleases } from '../stay/stay-releases.service.js';
import { StayQueries } from '../stay/stay.queries.js';
import { checkText, titleText } from '../stay/stay-words.js';
import { hrefOf, type VisitRoom } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { hasReached } from '../visit.rules.js';
import { MemberChanged } from '../visits.events.js';
import { changedSinceLetter, flagIsOld, type MemberChange } from './letter-checks.rules.js';

/** Something that a person should look at, where it can be put right. Advice: nothing is refused because of it. */
export interface VisitPoint {
  readonly room: VisitRoom;
  readonly kind: string;
  /** Whom or what it is about, as typed; null: the visit as a whole. */
  readonly what: string | null;
  /** One sentence in the viewer's language. */
  readonly text: string;
  readonly href: string;
}

type Named = (id: string) => string;

/** Everything that is known to go wrong at visits and can be seen in the file of this one. */
@Injectable()
export class VisitPoints {
  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly delegations: Delegations,
    private readonly visas: MemberVisas,
    private readonly stays: StayQueries,
    private readonly releases: StayReleases,
    private readonly programme: ProgrammeQueries,
    private readonly journeys: Journeys,
    private readonly catering: Catering,
    private readonly gifts: Gifts,
    private readonly papers: VisitPapers,
    private readonly countries: Countries,
    private readonly day: VisitDay,
    private readonly duties: Duties,
  ) {}

  /** In the order of the rooms. */
  async of(web: WebContext, visit: Visit): Promise<VisitPoint[]> {
    const members = await this.delegations.of(visit.id);
    const names = new Map(members.map(({ member, person }) => [member.id, personName(person)]));
    const nameOf: Named = (id) => names.get(id) ?? '';
    return [
      ...(await this.ofCard(web, visit)),
      ...this.ofMembers(web, visit, members, nameOf),
      ...(await this.ofLetters(web, visit, members, nameOf)),
      ...(await this.ofProgramme(web, visit)),
      ...(await this.ofJourneys(web, visit, members, nameOf)),
      ...(await this.ofMeals(web, visit)),
      ...(await this.ofGifts(web, visit, members, nameOf)),
      ...(await this.ofChecklist(web, visit)),
      ...(await this.ofDuties(web, visit)),
    ];
  }

  private async ofCard(web: WebContext, { country: code }: Visit): Promise<VisitPoint[]> {
    if (code === null || code === 'XX') return [];
    const country = await this.countries.one(code);
    if (!flagIsOld(country.flagCheckedOn, localDay(this.clock.now(), 'Europe/Minsk'))) return [];
    const what = country.name[web.locale];
    return [point(web, 'card', 'flag_old', what, `/protocol/countries/${code}`)];
  }

  private ofMembers(
    web: WebContext,
    visit: Visit,
    members: readonly MemberOfDelegation[],
    nameOf: Named,
  ): VisitPoint[] {
    const here = `${hrefOf(visit)}/delegation`;
    return findingsOf(visit, members).map(({ check, memberId, scripts }) => ({
      room: 'delegation',
      kind: check,
      what: memberId === null ? null : nameOf(memberId),
      text: web.t(`delegation.check.${check}`, {
        scripts: scripts.map((script) => web.t(`delegation.script.${script}`)).join(', '),
      }),
      href: memberId === null ? here : `${here}/${memberId}`,
    }));
  }

  /** What letters that have left say, and is no longer so. */
  private async ofLetters(
    web: WebContext,
    visit: Visit,
    members: readonly MemberOfDelegation[],
    nameOf: Named,
  ): Promise<VisitPoint[]> {
    const sent = (await this.papers.of(visit.id)).filter(({ direction }) => direction === 'outgoing');
    const letterAt = sent.reduce<Date | null>(
      (last, { createdAt }) => (!last || createdAt > last ? createdAt : last),
      null,
    );
    const changed = changedSinceLetter(await this.changes(visit), letterAt);
    const outdated = await this.visas.outdated(
      visit,
      members.map(({ member }) => member),
    );
    const at = (id: string) => `${hrefOf(visit)}/delegation/${id}`;
    return members.flatMap(({ member: { id } }) => [
      ...(changed.get(id) ?? []).map((field) =>
        point(web, 'delegation', `changed_${field}` as const, nameOf(id), at(id)),
      ),
      ...(outdated.has(id) ? [point(web, 'delegation', 'visa_letter', nameOf(id), at(id))] : []),
    ]);
  }

  private async changes({ id }: Visit): Promise<MemberChange[]> {
    const entries = await this.journal.about(id, 1000);
    return entries
      .filter(({ type }) => type === MemberChanged.type)
      .map(({ at, data }) => ({ at, ...(data as { memberId: string; fields: string[] }) }));
  }

  private async ofProgramme(web: WebContext, visit: Visit): Promise<VisitPoint[]> {
    const here = `${hrefOf(visit)}/programme`;
    const { programme, sessions, people } = await this.stays.planned(visit);
    const names = await this.programme.names(sessions.flatMap(({ conflicts }) => conflicts));
    const personOf: Named = (id) => {
      const person = people.get(id);
      return person ? personName(person) : '';
    };
    const links = { session: (id: string) => `${here}#session-${id}`, person: () => '' };
    const told = new Set<string>();
    const points = sessions.flatMap(({ session, checks, conflicts }): VisitPoint[] => {
      const about = { room: 'programme' as const, what: titleText(web, session), href: links.session(session.id) };
      // A conflict between two sessions of the stay is one thing to look at.
      const fresh = conflicts.filter(({ key, override }) => !override && !told.has(key));
      for (const { key } of fresh) told.add(key);
      return [
        ...fresh.map((one) => ({
          ...about,
          kind: one.rule,
          text: worded(web, programme.zone, one, names, links).text,
        })),
        ...checks.map((check) => ({ ...about, kind: check.kind, text: checkText(web, check, personOf) })),
      ];
    });
    const texts = await this.releases.of(visit.id);
    const pending = texts.length > 0 ? (await this.releases.pending(visit)).changes.length : 0;
    const stale = isFrozen(visit) ? 'stale_print' : 'stale_text';
    return [...points, ...(pending > 0 ? [point(web, 'programme', stale, null, `${here}/changes`)] : [])];
  }

  private async ofJourneys(
    web: WebContext,
    visit: Visit,
    members: readonly MemberOfDelegation[],
    nameOf: Named,
  ): Promise<VisitPoint[]> {
    const here = `${hrefOf(visit)}/logistics`;
    const legs = await this.journeys.of(visit);
    const without = withoutJourney(
      members.map(({ member }) => member),
      legs,
    );
    // Nobody has tickets before they are invited.
    const expected = hasReached(visit, 'composition_confirmed') || legs.length > 0;
    return [
      ...legs.flatMap((leg) =>
        leg.findings.map((finding) => ({
          room: 'logistics' as const,
          kind: finding,
          what: `${leg.fromPlace} → ${leg.toPlace}`,
          text: web.t(`visit.leg.finding.${finding}`),
          href: `${here}#leg-${leg.id}`,
        })),
      ),
      ...(expected ? (['arrival', 'departure'] as const) : []).flatMap((direction) =>
        without[direction].map((id) => point(web, 'logistics', `no_${direction}` as const, nameOf(id), here)),
      ),
    ];
  }

  /** A diet that cannot be read is no reason to say that all is well. */
  private async ofMeals(web: WebContext, visit: Visit): Promise<VisitPoint[]> {
    const here = `${hrefOf(visit)}/logistics#meals-title`;
    try {
      return (await this.catering.of(visit)).flatMap(({ session, menu, diets }) =>
        menuFindings(menu, diets).map(({ food, heads }) => ({
          room: 'logistics' as const,
          kind: food,
          what: pickText(session.title, web.locale).text,
          text: web.t(`visit.meal.against.${food}`, { count: heads }),
          href: here,
        })),
      );
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      return [{ room: 'logistics', kind: 'unreadable', what: null, text: web.t('visit.meal.unreadable'), href: here }];
    }
  }

  private async ofGifts(
    web: WebContext,
    visit: Visit,
    members: readonly MemberOfDelegation[],
    nameOf: Named,
  ): Promise<VisitPoint[]> {
    const here = `${hrefOf(visit)}/gifts`;
    const gifts = await this.gifts.of(visit.id);
    const unequal = new Set(unequalGifts(gifts));
    const without =
      gifts.length === 0
        ? []
        : withoutGift(
            members.map(({ member }) => member),
            gifts,
            GIFTS_UP_TO_LEVEL,
          );
    return [
      ...gifts
        .filter(({ id }) => unequal.has(id))
        .map(({ id, what }) => point(web, 'gifts', 'gift_unequal', what, `${here}/${id}`)),
      ...without.map((id) => point(web, 'gifts', 'gift_missing', nameOf(id), here)),
    ];
  }

  private async ofChecklist(web: WebContext, visit: Visit): Promise<VisitPoint[]> {
    const here = `${hrefOf(visit)}/day#checklist`;
    const open = (await this.day.checklist(visit)).filter(({ done }) => !done);
    return open
      .filter(({ check }) => (check === 'quote' || check === 'photos' ? hasReached(visit, 'completed') : true))
      .map(({ check }) => ({
        room: 'day',
        kind: check,
        what: web.t(`visit.day.check.${check}`),
        text: web.t('visit.point.unticked'),
        href: here,
      }));
  }

  private async ofDuties(web: WebContext, visit: Visit): Promise<VisitPoint[]> {
    const late = (await this.duties.of(visit)).filter(({ urgency }) => urgency === 'overdue');
    return late.map(({ duty }) => ({
      room: 'report',
      kind: `overdue_${duty}`,
      what: web.t(`visit.duty.${duty}`),
      text: web.t('visit.dutyState.overdue'),
      href: `${hrefOf(visit)}/report`,
    }));
  }
}

const POINTS = [
  'flag_old',
  'changed_title',
  'changed_plate',
  'changed_courtesy',
  'visa_letter',
  'stale_print',
  'stale_text',
  'no_arrival',
  'no_departure',
  'gift_unequal',
  'gift_missing',
] as const;

function point(
  web: WebContext,
  room: VisitRoom,
  kind: (typeof POINTS)[number],
  what: string | null,
  href: string,
): VisitPoint {
  return { room, kind, what, text: web.t(`visit.point.${kind}`), href };
}

import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { pickText } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import type { FormView } from '../../../platform/web/form.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Interpreters, People, personName } from '../../people/index.js';
import { BoardOperations, LAYOUTS, ProgrammeQueries, worded } from '../../programme/index.js';
import { movedText } from '../attended/attended-desk.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { VISIT_LEVELS } from '../visit.rules.js';
import { Visits } from '../visits.service.js';
import { typedPlace } from './stay-place.js';
import { isFrozen, StayReleases } from './stay-releases.service.js';
import { AGREED_THROUGH, isAgreeable } from './stay.rules.js';
import { StayQueries, type PlannedSession, type PlannedStay } from './stay.queries.js';
import { STAY_KINDS, STAY_ROLES } from './stay.schemas.js';
import { checkText, setUpText, titleText } from './stay-words.js';

/** People found by a search in the picker of a session. */
const FOUND = 20;

/** The programme of stay as the officer works on it. */
@Injectable()
export class StayDesk {
  constructor(
    private readonly visits: Visits,
    private readonly queries: StayQueries,
    private readonly releases: StayReleases,
    private readonly programme: ProgrammeQueries,
    private readonly board: BoardOperations,
    private readonly people: People,
    private readonly interpreters: Interpreters,
  ) {}

  async show(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const stay = await this.queries.planned(visit);
    const texts = await this.releases.of(visit.id);
    const pending = await this.releases.pending(visit);
    const changed = new Set(pending.changes.map(({ sessionId }) => sessionId));
    const sessions = await this.shown(web, visit, stay, texts.length > 0 ? changed : new Set());
    const names = await this.programme.names(stay.attended.flatMap(({ conflicts }) => conflicts));
    const attended = stay.attended.map((one) =>
      shownAttendance(web, visit, one, {
        notReleased: texts.length > 0 && changed.has(one.sessionId),
        conflicts: one.conflicts.map((found) => worded(web, stay.programme.zone, found, names, this.links(visit))),
      }),
    );
    const all = [...sessions, ...attended];
    const timed = all
      .filter(({ startsAt }) => startsAt !== null)
      .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime());
    const days = Map.groupBy(timed, ({ startsAt }) => localDay(startsAt!, stay.programme.zone));
    const latest = texts[0] ?? null;
    const here = hrefOf(visit);
    const model = {
      head: headOf(web, visit, 'programme', mayEdit),
      here: `${here}/programme`,
      zone: stay.programme.zone,
      firstStart: timed[0]?.startsAt ?? null,
      days: [...days].map(([day, own]) => ({ day, first: own[0]!.startsAt!, sessions: own })),
      linked: visit.conferenceId !== null,
      untimed: all.filter(({ startsAt }) => startsAt === null),
      texts: texts.map((text) => ({ ...text, agreeable: isAgreeable(texts, text.number) })),
      latest,
      agreeable: texts.find(({ number }) => isAgreeable(texts, number)) ?? null,
      frozen: isFrozen(visit),
      pending: pending.changes.length,
      channels: AGREED_THROUGH,
      accepted: all.flatMap(({ conflicts }) => conflicts.filter(({ override }) => override)).length,
      mayEdit,
    };
    const name = web.t('visit.stay.title');
    return web.page('pages/visits/programme', model, {
      ...frame(web, `${visit.ref} ${name}`, visit),
      form,
      styles: ['css/stay.css'],
    });
  }

  showNew(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    return this.fields(web, visit, form, {
      title: web.t('visit.stay.add'),
      action: `${hrefOf(visit)}/programme`,
      version: null,
    });
  }

  /** What the form of a new session begins with. */
  async opening(visit: Visit): Promise<Record<string, unknown>> {
    const { programme, sessions } = await this.queries.planned(visit);
    const last = sessions.findLast(({ session }) => session.endsAt !== null)?.session;
    const [day, time] = last
      ? [typedPlace(last, programme.zone)['day'], typedPlace(last, programme.zone)['until']]
      : [];
    return { kind: 'meeting', day: day ?? visit.startsOn ?? '', time: time ?? '', shownToGuests: 'on' };
  }

  async values(visit: Visit, sessionId: string): Promise<Record<string, unknown>> {
    const { programme, found } = await this.find(visit, sessionId);
    const { session, beside } = found;
    const { flags, microphones, screen } = beside.setUp;
    return { ...session, ...beside, ...typedPlace(session, programme.zone), flags, microphones, screen };
  }

  async showSession(web: WebContext, visit: Visit, sessionId: string, form: FormView, words = ''): Promise<string> {
    const { found, stay } = await this.find(visit, sessionId);
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const [shown] = await this.shown(web, visit, { ...stay, sessions: [found] }, new Set());
    const here = `${hrefOf(visit)}/programme`;
    const model = {
      ...(await this.choices(web)),
      session: shown,
      version: found.session.version,
      here,
      action: `${here}/sessions/${sessionId}`,
      zone: stay.programme.zone,
      stale: form.failed && web.reply.statusCode === 409,
      mayEdit,
      searched: words,
      candidates: mayEdit ? await this.candidates(web, stay, words) : [],
      roles: STAY_ROLES,
      levels: VISIT_LEVELS.map((level) => ({ value: String(level), label: web.t(`visit.level.${level}`) })),
    };
    return web.page('pages/visits/stay-session', model, {
      ...this.below(web, visit, shown!.title),
      form,
    });
  }

  async showShift(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const { programme, sessions } = await this.queries.planned(visit);
    const model = {
      here: `${hrefOf(visit)}/programme`,
      zone: programme.zone,
      preview: null,
      days: daysOf(sessions, programme.zone),
    };
    return web.page('pages/visits/stay-shift', model, {
      ...this.below(web, visit, web.t('visit.stay.shift.title')),
      form,
    });
  }

  /** What a shift would do, and which conflicts it would bring. */
  async showShifted(
    web: WebContext,
    visit: Visit,
    shift: { day: string; from: string; minutes: number },
    form: FormView,
  ): Promise<string> {
    const { programme, sessions } = await this.queries.planned(visit);
    const { changes, newFindings } = await this.board.preview(programme.id, { kind: 'shift', ...shift });
    const names = await this.programme.names(newFindings);
    const byId = new Map(sessions.map((one) => [one.session.id, one.session]));
    const preview = {
      moves: changes.map(({ session: id, to }) => {
        const session = byId.get(id)!;
        return { title: titleText(web, session), from: session.startsAt!, to: new Date(to.start!) };
      }),
      findings: newFindings.map((finding) => worded(web, programme.zone, finding, names, this.links(visit))),
    };
    const model = {
      here: `${hrefOf(visit)}/programme`,
      zone: programme.zone,
      preview,
      shift,
      frozen: isFrozen(visit),
      days: daysOf(sessions, programme.zone),
    };
    return web.page('pages/visits/stay-shift', model, {
      ...this.below(web, visit, web.t('visit.stay.shift.title')),
      form,
    });
  }

  private async fields(
    web: WebContext,
    visit: Visit,
    form: FormView,
    about: { title: string; action: string; version: number | null },
  ): Promise<string> {
    const model = { ...(await this.choices(web)), ...about, here: `${hrefOf(visit)}/programme`, zone: visit.zone };
    return web.page('pages/visits/stay-new', model, { ...this.below(web, visit, about.title), form });
  }

  private below(web: WebContext, visit: Visit, title: string) {
    return { ...frame(web, title, visit, 'programme'), styles: ['css/stay.css'] };
  }

  private async find(visit: Visit, sessionId: string) {
    const stay = await this.queries.planned(visit);
    const found = stay.sessions.find(({ session }) => session.id === sessionId);
    if (!found) throw new NotFound();
    return { stay, found, programme: stay.programme };
  }

  private async shown(web: WebContext, visit: Visit, stay: PlannedStay, changed: ReadonlySet<string>) {
    const all = stay.sessions.flatMap(({ conflicts }) => conflicts);
    const names = await this.programme.names(all);
    const nameOf = (id: string) => {
      const person = stay.people.get(id);
      return person ? personName(person) : '';
    };
    return stay.sessions.map(({ session, beside, room, people, conflicts, checks }) => ({
      id: session.id,
      kind: session.kind,
      title: titleText(web, session),
      titles: session.title,
      status: session.status,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      version: session.version,
      place: room ? pickText(room.name, web.locale).text : beside.address,
      outside: room !== null && beside.address !== null ? beside.address : null,
      restricted: session.restricted,
      languages: session.languages,
      beside,
      layout: session.layout,
      setUp: setUpText(web, beside),
      roles: rolesOf(people, stay),
      people,
      conflicts: conflicts.map((one) => worded(web, stay.programme.zone, one, names, this.links(visit))),
      checks: checks.map((check) => checkText(web, check, nameOf)),
      notReleased: changed.has(session.id),
    }));
  }

  private links(visit: Visit) {
    return { session: (id: string) => `${hrefOf(visit)}/programme#session-${id}`, person: () => '' };
  }

  private async choices(web: WebContext) {
    const rooms = await this.programme.rooms();
    const text = (name: Parameters<typeof pickText>[0]) => pickText(name, web.locale).text;
    return {
      kinds: STAY_KINDS,
      layouts: LAYOUTS,
      languages: LANGUAGES.map((code) => ({ value: code, label: web.t(`programme.language.${code}`) })),
      rooms: rooms.map(({ id, name, venue }) => ({
        value: id,
        label: [text(name), text(venue.name)].filter(Boolean).join(' · '),
      })),
    };
  }

  /** Who may be meant: who was searched for, the delegation, who takes part elsewhere in the stay, and the interpreters. */
  private async candidates(web: WebContext, stay: PlannedStay, words: string) {
    const typed = words.trim();
    const found = typed === '' ? [] : await this.people.search({ words: typed, limit: FOUND });
    const members = stay.members.map(({ personId }) => personId);
    const known = await this.interpreters.list();
    const labels = new Map<string, string>();
    const put = (id: string, label: string) => labels.has(id) || labels.set(id, label);
    for (const person of found) put(person.id, [personName(person), person.institution].filter(Boolean).join(', '));
    for (const id of members) put(id, web.t('visit.stay.ofDelegation', { name: nameIn(stay, id) }));
    for (const [id] of stay.people) put(id, nameIn(stay, id));
    for (const { person, profile } of known) {
      const languages = [...new Set(profile.directions.flatMap(({ from, to }) => [from, to]))];
      const names = languages.map((code) => web.t(`programme.language.${code}`)).join(', ');
      put(person.id, web.t('visit.stay.interpreterOf', { name: personName(person), languages: names }));
    }
    return [...labels].map(([value, label]) => ({ value, label }));
  }
}

/** A session of the conference as it stands among those of the visit. */
function shownAttendance(
  web: WebContext,
  visit: Visit,
  one: PlannedStay['attended'][number],
  more: { notReleased: boolean; conflicts: ReturnType<typeof worded>[] },
) {
  const { sessionId: id, startsAt, endsAt, room, kind, languages, state, conference, memberIds, people } = one;
  return {
    attended: true,
    id,
    title: titleText(web, one),
    kind,
    startsAt,
    endsAt,
    place: room ? pickText(room.name, web.locale).text : '',
    languages,
    state,
    moved: movedText(web, one, visit.zone),
    conference: conference.title,
    everybody: memberIds === null ? people.length : 0,
    people: memberIds === null ? [] : people,
    href: `${hrefOf(visit)}/programme/attended/${id}`,
    ...more,
  };
}

function nameIn(stay: PlannedStay, id: string): string {
  const person = stay.people.get(id);
  return person ? personName(person) : '';
}

/** By role in the order of print; all members together are one line. */
function rolesOf(people: PlannedSession['people'], { members }: PlannedStay) {
  return STAY_ROLES.flatMap((role) => {
    const of = people.filter((one) => one.role === role);
    if (of.length === 0) return [];
    const everybody = role === 'guest' && members.length > 1 && of.length === members.length;
    return [{ role, everybody: everybody ? of.length : 0, people: of }];
  });
}

function daysOf(sessions: readonly PlannedSession[], zone: string): string[] {
  return [...new Set(sessions.flatMap(({ session }) => (session.startsAt ? [localDay(session.startsAt, zone)] : [])))];
}

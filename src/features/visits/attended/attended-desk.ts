import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pickText } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import { formatShortDay, formatTime } from '../../../platform/i18n/formats.js';
import type { FormView } from '../../../platform/web/form.js';
import { covers } from '../../../platform/web/viewer.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Conferences } from '../../conferences/index.js';
import { personName } from '../../people/index.js';
import { Delegations } from '../delegation/members.service.js';
import { frame, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { AttendedQueries, type AttendedSession } from './attended.queries.js';
import { WHO_ATTENDS } from './attended.schemas.js';

/** May the viewer choose only what the conference has published? Whoever reads its draft may choose from it. */
export function publishedOnly(web: WebContext, { conferenceId }: Visit): boolean {
  return !covers(web.viewer.level('programme', conferenceId), 'read');
}

/** Where sessions of the linked conference are chosen. */
@Injectable()
export class AttendedDesk {
  constructor(
    private readonly visits: Visits,
    private readonly queries: AttendedQueries,
    private readonly delegations: Delegations,
    private readonly conferences: Conferences,
  ) {}

  /** The programme of the conference, day by day, and what of it is attended. */
  async all(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const conference = visit.conferenceId ? await this.conferences.byId(visit.conferenceId) : null;
    const attended = new Map((await this.queries.of(visit)).map((one) => [one.sessionId, one]));
    const choices = await this.queries.choices(visit, publishedOnly(web, visit));
    const here = `${hrefOf(visit)}/programme/attended`;
    const listed = choices.map(({ id, title, kind, startsAt, endsAt, room, published }) => {
      const one = attended.get(id);
      attended.delete(id);
      return {
        ...titled(web, { title, kind }),
        id,
        startsAt,
        endsAt,
        place: room ? pickText(room.name, web.locale).text : '',
        published,
        attended: one ? this.line(web, one, visit) : null,
        href: `${here}/${id}`,
      };
    });
    // What is off, or has no time any more, is no choice, and must not be overlooked.
    const lost = [...attended.values()].map((one) => ({
      ...this.line(web, one, visit),
      href: `${here}/${one.sessionId}`,
    }));
    const days = Map.groupBy(listed, ({ startsAt }) => localDay(startsAt, visit.zone));
    const model = {
      conference: conference && { title: conference.title },
      card: hrefOf(visit),
      days: [...days].map(([day, sessions]) => ({ day, first: sessions[0]!.startsAt, sessions })),
      lost,
      zone: visit.zone,
      mayEdit,
      back: `${hrefOf(visit)}/programme`,
    };
    return web.page('pages/visits/attended', model, {
      ...frame(web, web.t('visit.attended.title'), visit, 'programme'),
      styles: ['css/stay.css'],
      form,
    });
  }

  /** Who of the delegation attends one session. Throws NotFound where it cannot be attended. */
  async one(web: WebContext, visit: Visit, sessionId: string, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const known = (await this.queries.of(visit)).find((one) => one.sessionId === sessionId);
    const choice = (await this.queries.choices(visit, publishedOnly(web, visit))).find(({ id }) => id === sessionId);
    if (!known && !choice) throw new NotFound();
    const members = (await this.delegations.of(visit.id)).filter(({ member }) => member.inPerson);
    const { title } = titled(web, known ?? choice!);
    const here = `${hrefOf(visit)}/programme/attended`;
    const { startsAt, endsAt, room } = known ?? choice!;
    const model = {
      title,
      startsAt,
      endsAt,
      place: room ? pickText(room.name, web.locale).text : '',
      zone: visit.zone,
      known: known ? this.line(web, known, visit) : null,
      who: WHO_ATTENDS,
      members: members.map(({ member, person }) => ({ value: member.id, label: personName(person) })),
      version: String(known?.version ?? 0),
      action: `${here}/${sessionId}`,
      here,
      mayEdit,
      stale: form.failed && web.reply.statusCode === 409,
    };
    return web.page('pages/visits/attended-session', model, {
      ...frame(web, title, visit, 'programme'),
      styles: ['css/stay.css'],
      form,
    });
  }

  /** What the form of one session begins with. */
  async values(visit: Visit, sessionId: string): Promise<Record<string, unknown>> {
    const known = (await this.queries.of(visit)).find((one) => one.sessionId === sessionId);
    return { who: known?.memberIds ? 'chosen' : 'all', memberIds: known?.memberIds ?? [] };
  }

  private line(web: WebContext, one: AttendedSession, { zone }: Visit) {
    const { people, memberIds, state, version } = one;
    return {
      ...titled(web, one),
      state,
      moved: movedText(web, one, zone),
      everybody: memberIds === null ? people.length : 0,
      people: memberIds === null ? [] : people,
      version,
    };
  }
}

function titled(web: WebContext, { title, kind }: Pick<AttendedSession, 'title' | 'kind'>) {
  return { title: pickText(title, web.locale).text || web.t(`sessionKind.${kind}`), kind };
}

/** Where the conference is about to put it; empty unless it is. */
export function movedText(web: WebContext, { planned }: AttendedSession, zone: string): string {
  if (!planned) return '';
  const { startsAt, endsAt, room } = planned;
  const when = `${formatShortDay(web.locale, startsAt, zone)} ${formatTime(web.locale, startsAt, zone)}–${formatTime(web.locale, endsAt, zone)}`;
  return [when, room ? pickText(room.name, web.locale).text : ''].filter(Boolean).join(', ');
}

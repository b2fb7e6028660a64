import { Controller, Get } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { pairsOf, personName, type Person } from '../../people/index.js';
import { worded } from '../conflicts/finding-words.js';
import { ProgrammeQueries } from '../programme.queries.js';
import { base, frame, mayEdit, sessionsCrumb } from '../staff-pages.js';
import { InterpretationDesks, type DeskInterpreter, type DeskSession } from './interpretation-desk.service.js';
import { boothLabel } from './interpretation-words.js';

/** The desk of interpretation: sessions that are interpreted, day by day, and what each interpreter does. */
@Controller('org/c/:conf/interpreters')
export class InterpretationPages {
  constructor(
    private readonly desks: InterpretationDesks,
    private readonly queries: ProgrammeQueries,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async show(@Web() web: WebContext): Promise<string> {
    const desk = await this.desks.ofConference(web.conference.id);
    const { programme, days, tray, interpreters, people, missing } = desk;
    const rooms = new Map((await this.queries.rooms()).map(({ id, name }) => [id, pickText(name, web.locale).text]));
    const names = await this.queries.names(
      [...days.flatMap(({ sessions }) => sessions), ...tray].flatMap((one) => one.findings),
    );
    const session = (one: DeskSession) => ({
      ...shown(web, one, people, rooms),
      findings: one.findings.map((conflict) => worded(web, programme.zone, conflict, names)),
    });
    const model = {
      base: base(web),
      here: `${base(web)}/interpreters`,
      zone: programme.zone,
      mayEdit: mayEdit(web),
      missing,
      days: days.map(({ day, first, sessions }) => ({ day, first, sessions: sessions.map(session) })),
      tray: tray.map(session),
      interpreters: interpreters.map((one) => working(web, one)),
    };
    const options = frame(web, web.t('programme.interpretation.title'), {
      crumbs: [sessionsCrumb(web)],
      styles: ['css/interpretation.css'],
    });
    return web.page('pages/programme/interpretation', model, options);
  }
}

function shown(
  web: WebContext,
  { session, booths, spare, assigned, size }: DeskSession,
  people: ReadonlyMap<string, Person>,
  rooms: ReadonlyMap<string, string>,
) {
  const named = (id: string) => ({
    name: nameOf(people, id),
    href: `${base(web)}/people/${id}`,
    state: assigned.find(({ personId }) => personId === id)?.state ?? 'proposed',
  });
  return {
    href: `${base(web)}/sessions/${session.id}`,
    title: session.title,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    minutes: session.minutes,
    room: rooms.get(session.roomId ?? '') ?? '',
    size,
    booths: booths.map((booth) => ({
      label: boothLabel(web.locale, booth),
      people: booth.people.map(named),
      missing: booth.missing,
    })),
    spare: spare.map(named),
  };
}

function working(web: WebContext, { person, profile, days }: DeskInterpreter) {
  return {
    name: personName(person),
    href: `${base(web)}/people/${person.id}`,
    profile: profile && { pairs: pairsOf(profile.directions), standing: profile.standing },
    days: days.map(({ minutes, isTooLong, sessions }) => ({
      first: sessions[0]!.session.startsAt,
      minutes,
      isTooLong,
      sessions: sessions.map(({ session, closed, isOwn }) => ({
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        title: isOwn || !closed ? pickText(session.title, web.locale).text : web.t('programme.occupied'),
        href: isOwn ? `${base(web)}/sessions/${session.id}` : '',
      })),
    })),
  };
}

function nameOf(people: ReadonlyMap<string, Person>, id: string): string {
  const person = people.get(id);
  return person ? personName(person) : '';
}

import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { letterName } from '../../kernel/names.js';
import { pickText, type Locale } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { formatDate, formatTime } from '../../platform/i18n/formats.js';
import { Translator } from '../../platform/i18n/translator.js';
import { zoneLabel } from '../../platform/i18n/zones.js';
import { Journal } from '../../platform/journal/journal.js';
import type { MailMessage } from '../../platform/mail/message.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Conferences, titled, type Conference } from '../conferences/index.js';
import { namesOf, People } from '../people/index.js';
import {
  Assignments,
  PeopleToTell,
  ProgrammeReleased,
  Releases,
  type SessionChange,
  type SessionContent,
} from '../programme/index.js';
import { newsForListeners } from './listener.rules.js';
import { Registration } from './registration.entity.js';
import { isConfirmed } from './registration.rules.js';
import { SessionChoice } from './session-choice.entity.js';

interface Change extends Pick<SessionChange, 'sessionId' | 'significant'> {
  readonly before: SessionContent | null;
  readonly after: SessionContent | null;
}

type Released = Pick<
  Parameters<typeof ProgrammeReleased>[0],
  'id' | 'programmeId' | 'conferenceId' | 'number' | 'changes'
>;

interface Due {
  readonly registration: Registration;
  readonly sessionId: string;
  readonly kind: 'cancelled' | 'moved';
  /** As it is told: where it is now, or where it would have been. */
  readonly session: SessionContent;
}

const AT_ONCE = 500;

/** Writes to people who only chose a session when it is off, or moves on the day itself: held, with the mails of the release. */
@Injectable()
export class ListenerNews {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly assignments: Assignments,
    private readonly releases: Releases,
    journal: Journal,
    toTell: PeopleToTell,
  ) {
    journal.on(ProgrammeReleased, (release) => this.released(release));
    toTell.from(async (_conferenceId, changes) =>
      (await this.due(changes)).map(({ registration, sessionId, kind }) => ({
        personId: registration.personId,
        sessionId,
        kind,
        digest: false,
      })),
    );
  }

  private async released({ id, programmeId, conferenceId, number, changes }: Released): Promise<void> {
    const conference = conferenceId === undefined ? null : await this.conferences.byId(conferenceId);
    if (!conference || number === 1) return;
    const chosen = await this.chosen(changes.map(({ sessionId }) => sessionId));
    if (chosen.size === 0) return;
    // What still waits about them was true before this release.
    for (const sessionId of chosen.keys()) await this.outbox.discardHeld({ about: aboutOf(sessionId) });
    const sides = await this.releases.sidesOf(programmeId, number, [...chosen.keys()]);
    const due = await this.due(
      changes.flatMap((change) =>
        chosen.has(change.sessionId) ? [{ ...change, ...sides.get(change.sessionId)! }] : [],
      ),
    );
    const persons = await this.people.byIds(due.map(({ registration }) => registration.personId));
    await this.outbox.enqueueAll(
      due.map((one): MailMessage => {
        const person = persons.get(one.registration.personId)!;
        const to = { address: person.email!, name: letterName(namesOf(person)) };
        return this.letter(id, conference, one, to);
      }),
    );
  }

  /** Who is to be written to: confirmed listeners with an address who have no part in the session. A fixed number of statements. */
  private async due(changes: readonly Change[]): Promise<Due[]> {
    const now = this.clock.now();
    const news = new Map(
      changes.flatMap((change) => {
        const kind = newsForListeners(change, now);
        return kind === null
          ? []
          : [[change.sessionId, { kind, session: kind === 'moved' ? change.after! : change.before! }] as const];
      }),
    );
    const chosen = await this.chosen([...news.keys()]);
    if (chosen.size === 0) return [];
    const takePart = new Set(
      (await this.assignments.ofSessions([...chosen.keys()])).flatMap(({ sessionId, personId, state }) =>
        state === 'confirmed' ? [`${sessionId} ${personId}`] : [],
      ),
    );
    const registrations = [...chosen.values()].flat();
    const people = await this.people.byIds(registrations.map(({ personId }) => personId));
    return [...chosen].flatMap(([sessionId, list]) =>
      list.flatMap((registration): Due[] => {
        const listens =
          isConfirmed(registration) &&
          people.get(registration.personId)?.email &&
          !takePart.has(`${sessionId} ${registration.personId}`);
        return listens ? [{ registration, sessionId, ...news.get(sessionId)! }] : [];
      }),
    );
  }

  /** Registrations by the session that they chose; sessions that nobody chose are left out. */
  private async chosen(sessionIds: readonly string[]): Promise<Map<string, Registration[]>> {
    const found = new Map<string, Registration[]>();
    for (let at = 0; at < sessionIds.length; at += AT_ONCE) {
      const where = { sessionId: In(sessionIds.slice(at, at + AT_ONCE)) };
      const rows = await this.db
        .repository(SessionChoice)
        .find({ where, relations: { registration: true }, order: { id: 'ASC' } });
      for (const { sessionId, registration } of rows)
        found.set(sessionId, [...(found.get(sessionId) ?? []), registration]);
    }
    return found;
  }

  private letter(
    releaseId: string,
    conference: Conference,
    { registration, sessionId, kind, session }: Due,
    to: { address: string; name: string },
  ): MailMessage {
    const { locale } = registration;
    const t = (key: string, params: Record<string, unknown> = {}): string => this.translator.t(locale, key, params);
    const title = pickText(conference.title, locale).text;
    const what = pickText(titled({ locale, t }, session), locale).text;
    const fact = (name: string, value: string) => ({ label: t(`mail.invitation.fact.${name}`), value });
    const where = session.room
      ? [session.room.name, session.room.venue].map((text) => pickText(text, locale).text)
      : [];
    const rows = [
      fact('conference', title),
      fact('session', what),
      fact('when', whenText(locale, session)),
      fact('where', where.filter(Boolean).join(', ')),
    ];
    return {
      to,
      locale,
      kind: `listener-${kind}`,
      cause: `release:${releaseId}:listener:${sessionId}:${registration.id}`,
      about: aboutOf(sessionId),
      subject: t(`mail.release.listener.${kind}.subject`, { what }),
      blocks: [
        { kind: 'text', text: t('mail.release.greeting', { name: to.name }) },
        { kind: 'text', text: t(`mail.release.listener.${kind}.intro`, { title }) },
        { kind: 'facts', rows: rows.filter(({ value }) => value !== '') },
        {
          kind: 'button',
          label: t('mail.release.listener.choose'),
          url: `${this.config.publicUrl}/${locale}/my/${registration.publicId}/sessions`,
        },
      ],
      conferenceId: conference.id,
      personId: registration.personId,
      hold: true,
      batch: `release:${releaseId}`,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    };
  }
}

function aboutOf(sessionId: string): string {
  return `listeners:${sessionId}`;
}

function whenText(locale: Locale, { startsAt, endsAt, zone }: SessionContent): string {
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const times = `${formatTime(locale, start, zone)}–${formatTime(locale, end, zone)}`;
  return `${formatDate(locale, start, zone)}, ${times} (${zoneLabel(locale, zone, start)})`;
}

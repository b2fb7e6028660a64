import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { letterName } from '../../kernel/names.js';
import { localDay } from '../../kernel/zones.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { formatDate, formatTime } from '../../platform/i18n/formats.js';
import { Translator } from '../../platform/i18n/translator.js';
import { utcOffset, zoneLabel } from '../../platform/i18n/zones.js';
import type { Block, MailMessage } from '../../platform/mail/message.js';
import { namesOf } from '../people/index.js';
import { OFF, printOfContent, SessionRevision } from '../programme/index.js';
import { InvitationSubjects, releasedSession, type AskedSession, type Subject } from './invitation-subjects.service.js';
import { InvitationMails } from './invitation.mails.js';
import type { NewsKind } from './news-letters.js';
import type { Involved } from './release-involved.queries.js';

export interface DigestNews {
  readonly to: Involved;
  readonly subject: Subject;
  readonly kind: NewsKind;
  readonly asked: boolean;
}

/** Sessions as somebody was told last, by the id of their calendar object; who was told nothing, or that it is off, is missing. */
export type ToldBefore = ReadonlyMap<string, AskedSession>;

/** What a mail says that tells one person of many changes: a table of what was and what is. */
@Injectable()
export class NewsDigests {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly subjects: InvitationSubjects,
    private readonly mails: InvitationMails,
  ) {}

  /** What was told last of these, which may be older than the release before. One statement. */
  async toldBefore(news: readonly Pick<DigestNews, 'to'>[]): Promise<ToldBefore> {
    const objects = news.flatMap(({ to: { object } }) =>
      object !== null && object.sentPrint !== null && object.sentPrint !== OFF ? [object] : [],
    );
    if (objects.length === 0) return new Map();
    const sessionId = In([...new Set(objects.map((object) => object.sessionId!))]);
    const revisions = await this.db
      .repository(SessionRevision)
      .find({ where: { sessionId }, order: { revision: 'ASC' } });
    const byPrint = new Map(revisions.map((one) => [`${one.sessionId} ${printOfContent(one.content)}`, one] as const));
    return new Map(
      objects.flatMap(({ id, sessionId: of, sentPrint }) => {
        const told = byPrint.get(`${of} ${sentPrint}`);
        return told ? [[id, releasedSession(told.sessionId, told.content)] as const] : [];
      }),
    );
  }

  /** `news`: of one person, at least one; each tells it in the same language. */
  async write(
    news: readonly DigestNews[],
    before: ToldBefore,
  ): Promise<Pick<MailMessage, 'to' | 'locale' | 'subject' | 'blocks' | 'conferenceId' | 'personId' | 'replyTo'>> {
    const { to, subject } = news[0]!;
    const { person, locale } = to;
    const { conference } = subject;
    const name = letterName(namesOf(person));
    const params = { title: this.subjects.title({ conference, session: null }, locale), count: news.length };
    const t = (key: string, more: object = {}): string =>
      this.translator.t(locale, `mail.release.${key}`, { ...params, ...more });
    const inOrder = [...news].sort((a, b) => startOf(a) - startOf(b));
    return {
      to: { address: person.email!, name },
      locale,
      subject: t('digest.subject'),
      blocks: [
        { kind: 'text', text: t('greeting', { name }) },
        { kind: 'text', text: t('digest.intro') },
        await this.table(inOrder, before, locale),
        { kind: 'text', text: t('digest.file') },
        ...this.answers(inOrder, locale),
        {
          kind: 'button',
          label: t('programme'),
          url: this.config.publicUrl + this.subjects.path({ conference, session: null }, locale),
        },
        { kind: 'small', text: t('cannot') },
      ],
      conferenceId: conference.id,
      personId: person.id,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    };
  }

  private async table(news: readonly DigestNews[], before: ToldBefore, locale: Locale): Promise<Block> {
    const t = (key: string): string => this.translator.t(locale, `mail.release.digest.${key}`);
    // Somebody who takes part from elsewhere does so in all of it.
    const zone = news.map(({ to }) => to.zone).find((one) => one !== null) ?? null;
    const rows: string[][] = [];
    for (const { to, subject, kind } of news) {
      const told = before.get(to.object?.id ?? '');
      const role = to.role ? this.translator.t(locale, `role.${to.role}`) : '';
      rows.push([
        [t(`kind.${kind}`), this.subjects.title(subject, locale), role].filter(Boolean).join('\n'),
        told ? await this.timeAndPlace({ ...subject, session: told }, locale, zone) : '',
        kind === 'added' || kind === 'moved' ? await this.timeAndPlace(subject, locale, zone) : t(`now.${kind}`),
      ]);
    }
    const head = [t('column.session'), t('column.before'), t('column.now')];
    // Where all of it is new, nothing was before.
    const shown = rows.every(([, was]) => was === '') ? [0, 2] : [0, 1, 2];
    const columns = (cells: readonly string[]): string[] => shown.map((index) => cells[index]!);
    return { kind: 'table', head: columns(head), rows: rows.map(columns) };
  }

  private async timeAndPlace(subject: Subject, locale: Locale, zone: string | null): Promise<string> {
    const own = zone === null || subject.session === null ? '' : ownTime(locale, subject.session, zone);
    const place = await this.subjects.where(subject, locale);
    return [this.subjects.when(subject, locale), own, place].filter(Boolean).join('\n');
  }

  /** Whom a calendar program cannot ask answers on the page of each invitation. */
  private answers(news: readonly DigestNews[], locale: Locale): Block[] {
    const links = news.flatMap(({ to: { invitation }, subject, kind, asked }) => {
      if (invitation === null || kind === 'cancelled' || kind === 'dropped') return [];
      const label = this.translator.t(locale, `mail.release.${asked ? 'confirm' : 'change'}`);
      return [{ label: `${label}: ${this.subjects.title(subject, locale)}`, url: this.mails.link(invitation, locale) }];
    });
    return links.length === 0 ? [] : [{ kind: 'links', links }];
  }
}

function startOf({ subject }: DigestNews): number {
  return subject.session?.startsAt?.getTime() ?? 0;
}

/** '15:00–16:30 (Jakarta time, UTC+7)', with the date where it is another one; nothing where their clock shows the same. */
function ownTime(locale: Locale, { startsAt, endsAt, zone: venue }: AskedSession, zone: string): string {
  if (!startsAt || !endsAt || utcOffset(zone, startsAt) === utcOffset(venue, startsAt)) return '';
  const date = localDay(startsAt, zone) === localDay(startsAt, venue) ? '' : `${formatDate(locale, startsAt, zone)}, `;
  const times = `${formatTime(locale, startsAt, zone)}–${formatTime(locale, endsAt, zone)}`;
  return `${date}${times} (${zoneLabel(locale, zone, startsAt)})`;
}

import { Injectable } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import type { InboundMail } from '../../platform/inbound/inbound-mail.entity.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Conferences } from '../conferences/index.js';
import { People, personName } from '../people/index.js';

/** Mails from outside as lines of lists. */
@Injectable()
export class MailWords {
  constructor(
    private readonly people: People,
    private readonly conferences: Conferences,
  ) {}

  async lines(web: WebContext, mails: readonly InboundMail[]) {
    const people = await this.people.byIds(mails.flatMap(({ personId }) => personId ?? []));
    const conferences = new Map((await this.conferences.list()).map((conference) => [conference.id, conference]));
    return mails.map((mail) => {
      const { id, sender, subject, state, kind, remark, receivedAt, personId, conferenceId } = mail;
      const person = people.get(personId ?? '');
      const conference = conferences.get(conferenceId ?? '');
      return {
        href: `/org/inbox/${id}`,
        sender,
        subject,
        state,
        kind: kind ?? 'letter',
        remark,
        receivedAt,
        person: person ? personName(person) : '',
        conference: conference ? pickText(conference.title, web.locale).text : '',
      };
    });
  }
}

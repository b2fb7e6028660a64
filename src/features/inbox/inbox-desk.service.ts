import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import type { InboundMail } from '../../platform/inbound/inbound-mail.entity.js';
import { InboxQueries, type InboxScope } from '../../platform/inbound/inbox.queries.js';
import { MailThreads, type ThreadMail } from '../../platform/inbound/mail-threads.js';
import { Inbox } from '../../platform/inbound/inbox.service.js';
import { covers, WHOLE_HOUSE, type AccessObject, type Viewer } from '../../platform/web/viewer.js';
import { Conferences } from '../conferences/index.js';
import { aboutInvitation, Invitation, invitationOf } from '../invitations/index.js';
import { People } from '../people/index.js';

/** Mails from outside as one viewer may see them: of the conferences where they may read mail, and, with a role for everywhere, of none. */
@Injectable()
export class InboxDesk {
  constructor(
    private readonly db: Database,
    private readonly inbox: Inbox,
    private readonly queries: InboxQueries,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly threads: MailThreads,
  ) {}

  async scopeOf(viewer: Viewer): Promise<InboxScope> {
    const all = await this.conferences.list();
    return {
      conferenceIds: all.filter(({ id }) => reads(viewer, 'inbox', id)).map(({ id }) => id),
      unassigned: reads(viewer, 'inbox', WHOLE_HOUSE),
    };
  }

  /** With its bytes. Throws NotFound for one that the viewer may not see, as for one that is none ([A4]). */
  async one(viewer: Viewer, id: string): Promise<InboundMail> {
    const mail = await this.queries.one(id);
    if (!mail || !reads(viewer, 'inbox', mail.conferenceId ?? WHOLE_HOUSE)) throw new NotFound();
    return mail;
  }

  async done(viewer: Viewer, id: string): Promise<InboundMail> {
    return this.inbox.done(await this.one(viewer, id));
  }

  async reopen(viewer: Viewer, id: string): Promise<InboundMail> {
    return this.inbox.reopen(await this.one(viewer, id));
  }

  /**
   * Says whose mail it is, and to which of their invitations it belongs. An answer of a calendar goes to the desk of answers
   * by that, and does not wait here any more. Throws InvalidInput beside the field.
   */
  async link(viewer: Viewer, id: string, link: { person: string; invitation: string | null }): Promise<InboundMail> {
    const mail = await this.one(viewer, id);
    const person = await this.people.byPublicId(link.person).catch((error: unknown) => {
      throw error instanceof NotFound ? InvalidInput.at('person', 'error.reference') : error;
    });
    const invitation = link.invitation === null ? null : await this.invitationFor(viewer, person.id, link.invitation);
    return this.db.transaction(async () => {
      const linked = await this.inbox.link(mail, {
        personId: person.id,
        conferenceId: invitation?.conferenceId ?? null,
        about: invitation ? aboutInvitation(invitation) : null,
      });
      const goesToDesk = invitation !== null && mail.kind === 'answer' && mail.state === 'open';
      return goesToDesk ? this.inbox.done(linked) : linked;
    });
  }

  /** Invitations of a person that the viewer may see, the latest first. */
  async invitationsOf(viewer: Viewer, personId: string): Promise<Invitation[]> {
    const all = await this.db
      .repository(Invitation)
      .find({ where: { personId }, relations: { session: true, conference: true }, order: { createdAt: 'DESC' } });
    return all.filter(({ conferenceId }) => reads(viewer, 'invitation', conferenceId));
  }

  /** The invitation that a mail belongs to, where the viewer may see it. */
  async invitationOf(viewer: Viewer, { about }: Pick<InboundMail, 'about'>): Promise<Invitation | null> {
    const id = invitationOf({ about });
    const found = id === null ? null : await this.db.repository(Invitation).findOneBy({ id });
    return found && reads(viewer, 'invitation', found.conferenceId) ? found : null;
  }

  /** What was written to and fro, the oldest first, as far as the viewer may read it. */
  async thread(viewer: Viewer, mail: InboundMail): Promise<ThreadMail[]> {
    return (await this.threads.of(mail)).filter(({ direction, mail: one }) =>
      reads(viewer, direction === 'sent' ? 'outbox' : 'inbox', one.conferenceId ?? WHOLE_HOUSE),
    );
  }

  private async invitationFor(viewer: Viewer, personId: string, id: string): Promise<Invitation> {
    const found = (await this.invitationsOf(viewer, personId)).find((one) => one.id === id);
    if (!found) throw InvalidInput.at('invitation', 'error.reference');
    return found;
  }
}

export function reads(viewer: Viewer, object: AccessObject, conferenceId: string): boolean {
  return covers(viewer.level(object, conferenceId), 'read');
}

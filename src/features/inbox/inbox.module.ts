import { Module } from '@nestjs/common';
import { ConferencesModule } from '../conferences/index.js';
import { InvitationsModule } from '../invitations/index.js';
import { PeopleModule } from '../people/index.js';
import { InboxDesk } from './inbox-desk.service.js';
import { InboxApi } from './inbox.api.js';
import { InboxReplies } from './inbox-replies.service.js';
import { InboxPages } from './inbox.pages.js';
import { MailCard } from './mail-card.js';
import { MailWords } from './mail-words.js';
import { ReceivedPages } from './received.pages.js';

/** Mails from outside: what waits for a person, whose it is, and what became of it. */
@Module({
  imports: [PeopleModule, ConferencesModule, InvitationsModule],
  controllers: [InboxPages, ReceivedPages, InboxApi],
  providers: [InboxDesk, InboxReplies, MailWords, MailCard],
})
export class InboxModule {}

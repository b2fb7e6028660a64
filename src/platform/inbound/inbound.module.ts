import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ImapDoor } from './imap-door.js';
import { Inbox } from './inbox.service.js';
import { InboxQueries } from './inbox.queries.js';
import { InboundMail } from './inbound-mail.entity.js';
import { InboundReaders } from './inbound-readers.js';
import { InboundRecipients } from './inbound-recipients.js';
import { InboundStore } from './inbound-store.js';
import { InboundWorker } from './inbound-worker.js';
import { InboxPosition } from './inbox-position.entity.js';
import { LmtpDoor } from './lmtp-door.js';
import { MailThreads } from './mail-threads.js';
import { ReturnedMails } from './returned-mails.js';
import { UnsubscribeRequests } from './unsubscribe-requests.js';

/** Mail from outside: two doors, one store, a worker that reads, and readers who say what a mail means. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([InboundMail, InboxPosition])],
  providers: [
    InboundStore,
    InboundReaders,
    InboundWorker,
    InboundRecipients,
    MailThreads,
    Inbox,
    InboxQueries,
    ReturnedMails,
    UnsubscribeRequests,
    LmtpDoor,
    ImapDoor,
  ],
  exports: [InboundStore, InboundReaders, InboundWorker, MailThreads, Inbox, InboxQueries],
})
export class InboundModule {}

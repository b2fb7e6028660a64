import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { ConferenceOutbox } from './conference-outbox.js';
import { DkimSigner } from './dkim-signer.js';
import { MailAnswers } from './mail-answers.js';
import { MessageComposer } from './mail-composer.js';
import { MailRenderer } from './mail-renderer.js';
import { MailWorker } from './mail-worker.js';
import { Outbox } from './outbox.js';
import { OutboxApi } from './outbox.api.js';
import { OutboxPages } from './outbox.pages.js';
import { OutboxQueries } from './outbox.queries.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { AddressState } from './address-state.entity.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { Unsubscribing } from './unsubscribing.js';
import { UnsubscribePages } from './unsubscribe.pages.js';
import { ReturnPaths } from './return-paths.js';
import { Suppressions } from './suppressions.js';
import { MAIL_TRANSPORT, mailTransport } from './transports.js';

@Global()
@Module({
  controllers: [OutboxPages, OutboxApi, UnsubscribePages],
  imports: [TypeOrmModule.forFeature([OutgoingMail, AddressState])],
  providers: [
    MailAnswers,
    MailRenderer,
    DkimSigner,
    MessageComposer,
    Outbox,
    OutboxQueries,
    ConferenceOutbox,
    MailWorker,
    ReturnPaths,
    UnsubscribeLinks,
    Unsubscribing,
    Suppressions,
    { provide: MAIL_TRANSPORT, useFactory: (config: Config) => mailTransport(config.mailUrl), inject: [CONFIG] },
  ],
  exports: [
    ConferenceOutbox,
    MailAnswers,
    MailRenderer,
    MessageComposer,
    Outbox,
    MailWorker,
    ReturnPaths,
    Suppressions,
    UnsubscribeLinks,
    Unsubscribing,
    MAIL_TRANSPORT,
  ],
})
export class MailModule {}

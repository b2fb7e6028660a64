import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountsModule } from './features/accounts/index.js';
import { ConferencesModule } from './features/conferences/index.js';
import { CooperationModule } from './features/cooperation/index.js';
import { DeskModule } from './features/desk/index.js';
import { DocumentsModule } from './features/documents/index.js';
import { FeedsModule } from './features/feeds/index.js';
import { InboxModule } from './features/inbox/index.js';
import { InvitationsModule, QuotasModule, WavesModule } from './features/invitations/index.js';
import { MailingsModule } from './features/mailings/index.js';
import { PeopleModule } from './features/people/index.js';
import { ProgrammeModule } from './features/programme/index.js';
import { ProposalsModule } from './features/proposals/index.js';
import { RoundTablesModule } from './features/round-tables/index.js';
import {
  AfterModule,
  ChecksModule,
  CommitmentsModule,
  BriefingModule,
  DayModule,
  LogisticsModule,
  SeatingModule,
  VisitDocumentsModule,
  VisitsModule,
  VisitPurgeModule,
  VisitVisasModule,
} from './features/visits/index.js';
import { RegistrationModule, VisaModule } from './features/registration/index.js';
import { VenuesModule } from './features/venues/index.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Config } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { I18nModule } from './platform/i18n/i18n.module.js';
import { InboundModule } from './platform/inbound/inbound.module.js';
import { JournalModule } from './platform/journal/journal.module.js';
import { DevMailboxModule } from './platform/mail/dev-mailbox/dev-mailbox.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { PurgeModule } from './platform/purge/purge.module.js';
import { RuntimeModule } from './platform/runtime/runtime.module.js';
import { VaultModule } from './platform/vault/vault.module.js';
import { WebModule } from './platform/web/web.module.js';

/** The table of contents: platform first, then the features in the order in which they may know each other. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        { module: DiscoveryModule, global: true },
        ConfigModule.with(config),
        RuntimeModule,
        DatabaseModule.with(config),
        JournalModule,
        I18nModule,
        VaultModule,
        PurgeModule,
        MailModule,
        InboundModule,
        WebModule,
        HealthModule,
        AccountsModule,
        PeopleModule,
        VenuesModule,
        ProgrammeModule,
        ConferencesModule,
        RoundTablesModule,
        CooperationModule,
        DocumentsModule,
        RegistrationModule,
        VisaModule,
        ProposalsModule,
        MailingsModule,
        VisitsModule,
        VisitVisasModule,
        VisitPurgeModule,
        LogisticsModule,
        SeatingModule,
        CommitmentsModule,
        VisitDocumentsModule,
        BriefingModule,
        DayModule,
        ChecksModule,
        AfterModule,
        QuotasModule,
        InvitationsModule,
        WavesModule,
        InboxModule,
        FeedsModule,
        DeskModule,
        ...(config.production ? [] : [DevMailboxModule]),
      ],
    };
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { RegistrationModule } from '../registration/index.js';
import { VenuesModule } from '../venues/index.js';
import { AudienceChoices } from './audience-choices.js';
import { AudienceQueries } from './audience.queries.js';
import { MailTemplate } from './mail-template.entity.js';
import { MailTemplates } from './mail-templates.service.js';
import { Mailing } from './mailing.entity.js';
import { MailingDeliveries } from './mailing-deliveries.service.js';
import { MailingRecipientsPages } from './mailing-recipients.pages.js';
import { MailingsApi } from './mailings.api.js';
import { MailingsPages } from './mailings.pages.js';
import { Mailings } from './mailings.service.js';

/** The mailing desk: one text to many people of a conference. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Mailing, MailTemplate]),
    AccountsModule,
    PeopleModule,
    VenuesModule,
    ProgrammeModule,
    ConferencesModule,
    RegistrationModule,
  ],
  controllers: [MailingsPages, MailingRecipientsPages, MailingsApi],
  providers: [Mailings, MailingDeliveries, MailTemplates, AudienceQueries, AudienceChoices],
  exports: [Mailings, MailTemplates],
})
export class MailingsModule {}

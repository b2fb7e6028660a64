import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { VenuesModule } from '../venues/index.js';
import { BulkDecisions } from './bulk-decisions.service.js';
import { ConferenceDoor } from './conference-door.js';
import { ConferenceFacts } from './conference-facts.service.js';
import { FormStamps } from './form-stamp.js';
import { KnownPeople } from './imports/known-people.queries.js';
import { ListImport } from './imports/list-import.entity.js';
import { ListImportsApi } from './imports/list-imports.api.js';
import { ListImportsPages } from './imports/list-imports.pages.js';
import { ListImports } from './imports/list-imports.service.js';
import { ListUndo } from './imports/list-undo.service.js';
import { ListWriter } from './imports/list-writer.service.js';
import { ListenerNews } from './listener-news.js';
import { MyFrame } from './my-frame.js';
import { MyPages } from './my.pages.js';
import { MyTaskPages } from './my-tasks.pages.js';
import { Needs } from './needs.entity.js';
import { NeedsPurge } from './needs-purge.js';
import { NeedsOfPeople } from './needs.service.js';
import { OfferPages } from './offer.pages.js';
import { OwnPageReaders } from './own-page-readers.js';
import { OwnTasks } from './own-tasks.js';
import { Places } from './places.service.js';
import { Profiles } from './profiles.service.js';
import { ProvisionalRegistrations } from './provisional-registrations.service.js';
import { RegisterPages } from './register.pages.js';
import { RegistrationCardPages } from './registration-card.pages.js';
import { RegistrationCards } from './registration-cards.js';
import { RegistrationExportPages } from './registration-export.pages.js';
import { RegistrationExport } from './registration-export.service.js';
import { RegistrationMails } from './registration.mails.js';
import { RegistrationQueries } from './registration.queries.js';
import { RegistrationSettings } from './registration-settings.entity.js';
import { RegistrationSettingsApi } from './registration-settings.api.js';
import { RegistrationSettingsPages } from './registration-settings.pages.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { RegistrationTasks } from './registration-tasks.js';
import { Registration } from './registration.entity.js';
import { RegistrationsApi } from './registrations.api.js';
import { RegistrationsPages } from './registrations.pages.js';
import { Registrations } from './registrations.service.js';
import { SessionChoice, SessionPlaces } from './session-choice.entity.js';
import { SessionChoices } from './session-choices.service.js';
import { WaitingList } from './waiting-list.service.js';

const offered = [
  ListImports,
  Registrations,
  ProvisionalRegistrations,
  FormStamps,
  RegistrationQueries,
  RegistrationTasks,
  RegistrationCards,
  SettingsOfRegistration,
  SessionChoices,
  WaitingList,
  ConferenceFacts,
  NeedsOfPeople,
  MyFrame,
];

@Module({
  imports: [
    TypeOrmModule.forFeature([RegistrationSettings, Registration, SessionChoice, SessionPlaces, Needs, ListImport]),
    AccountsModule,
    PeopleModule,
    VenuesModule,
    ProgrammeModule,
    ConferencesModule,
  ],
  controllers: [
    ListImportsPages,
    ListImportsApi,
    RegisterPages,
    MyPages,
    MyTaskPages,
    OfferPages,
    RegistrationExportPages,
    RegistrationsPages,
    RegistrationCardPages,
    RegistrationSettingsPages,
    RegistrationSettingsApi,
    RegistrationsApi,
  ],
  providers: [
    ...offered,
    NeedsPurge,
    KnownPeople,
    ListWriter,
    ListUndo,
    BulkDecisions,
    ConferenceDoor,
    OwnPageReaders,
    ListenerNews,
    OwnTasks,
    Places,
    Profiles,
    RegistrationMails,
    RegistrationExport,
  ],
  exports: offered,
})
export class RegistrationModule {}

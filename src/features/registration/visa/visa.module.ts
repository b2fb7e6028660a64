import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/index.js';
import { ConferencesModule } from '../../conferences/index.js';
import { DocumentsModule } from '../../documents/index.js';
import { PeopleModule } from '../../people/index.js';
import { RegistrationModule } from '../registration.module.js';
import { EntryRuleRow } from './entry-rule.entity.js';
import { EntryRulesApi } from './entry-rules.api.js';
import { EntryRulesPages } from './entry-rules.pages.js';
import { EntryRules } from './entry-rules.service.js';
import { MyVisaPages } from './my-visa.pages.js';
import { RegisteredStays } from './registered-stays.js';
import { HouseVisaSettingsPages } from './house-visa-settings.pages.js';
import { HouseVisaSettingsApi, VisaApi } from './visa.api.js';
import { VisaAnswers } from './visa-answers.js';
import { VisaCard } from './visa-card.js';
import { VisaDetailsForm } from './visa-details-form.js';
import { VisaDesk } from './visa-desk.service.js';
import { VisaDeskPages } from './visa-desk.pages.js';
import { VisaDetails } from './visa-details.entity.js';
import { VisaDigest } from './visa-digest.js';
import { VisaFile } from './visa-file.entity.js';
import { VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetter } from './visa-letter.entity.js';
import { VisaLetters } from './visa-letters.service.js';
import { VisaMails } from './visa.mails.js';
import { VisaOwners } from './visa-owners.js';
import { VisaPurge } from './visa-purge.js';
import { VisaRequest } from './visa-request.entity.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaSettings } from './visa-settings.entity.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import { VisaStays } from './visa-stays.js';
import { VisaTask } from './visa-task.js';
import { VisaVault } from './visa-vault.service.js';

const offered = [VisaStays, VisaRequests, EntryRules, VisaCard, VisaAnswers, VisaDetailsForm];

@Module({
  imports: [
    TypeOrmModule.forFeature([EntryRuleRow, VisaRequest, VisaDetails, VisaFile, VisaLetter, VisaSettings]),
    AccountsModule,
    PeopleModule,
    ConferencesModule,
    DocumentsModule,
    RegistrationModule,
  ],
  controllers: [
    MyVisaPages,
    VisaDeskPages,
    VisaApi,
    HouseVisaSettingsPages,
    HouseVisaSettingsApi,
    EntryRulesPages,
    EntryRulesApi,
  ],
  providers: [
    ...offered,
    RegisteredStays,
    VisaFilesOfRequests,
    VisaDesk,
    VisaDigest,
    VisaLetters,
    VisaOwners,
    VisaPurge,
    VisaMails,
    VisaSettingsOfConferences,
    VisaTask,
    VisaVault,
  ],
  exports: offered,
})
export class VisaModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/index.js';
import { ConferencesModule } from '../../conferences/index.js';
import { CooperationModule } from '../../cooperation/index.js';
import { PeopleModule } from '../../people/index.js';
import { RegistrationModule } from '../../registration/index.js';
import { FocalPointPages } from './focal-point.pages.js';
import { PlaceEnds } from './place-ends.service.js';
import { QuotaCardPages } from './quota-card.pages.js';
import { QuotaCounter } from './quota-counter.js';
import { QuotaFrame } from './quota-frame.js';
import { QuotaGuestPages } from './quota-guest.pages.js';
import { QuotaPlaces } from './quota-places.service.js';
import { QuotaPlans } from './quota-plans.queries.js';
import { QuotaRounds } from './quota-rounds.service.js';
import { QuotaTokens } from './quota-tokens.js';
import { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaMails } from './quota.mails.js';
import { QuotaQueries } from './quota.queries.js';
import { QuotasApi } from './quotas.api.js';
import { QuotasPages } from './quotas.pages.js';
import { Quotas } from './quotas.service.js';

/** Invitations to institutions, beside those to people. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Quota, QuotaPlace]),
    AccountsModule,
    PeopleModule,
    ConferencesModule,
    CooperationModule,
    RegistrationModule,
  ],
  controllers: [QuotasPages, QuotaCardPages, QuotasApi, FocalPointPages, QuotaGuestPages],
  providers: [
    Quotas,
    QuotaPlaces,
    PlaceEnds,
    QuotaRounds,
    QuotaPlans,
    QuotaQueries,
    QuotaCounter,
    QuotaTokens,
    QuotaFrame,
    QuotaMails,
  ],
  exports: [Quotas, QuotaPlaces, QuotaRounds, QuotaQueries],
})
export class QuotasModule {}

import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Access } from '../../platform/web/access.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Accounts, AccountsModule } from '../accounts/index.js';
import { ExchangeModule, ProgrammeModule } from '../programme/index.js';
import { VenuesModule } from '../venues/index.js';
import { ConferencePublicPages } from './conference-public.pages.js';
import { Conference, Series } from './conference.entity.js';
import { ConferencesApi, SeriesApi } from './conferences.api.js';
import { ConferencesPages } from './conferences.pages.js';
import { OverviewFigures, RegistrationDoor } from './conferences.ports.js';
import { Conferences } from './conferences.service.js';
import { FrontDoor, HomePages } from './home.pages.js';
import { ProgrammeExport } from './programme-export.pages.js';
import { ProgrammeBookletPages } from './programme-booklet.pages.js';
import { ProgrammeMomentPages } from './programme-moment.pages.js';
import { ProgrammePublicPages } from './programme-public.pages.js';
import { PublicConferences } from './public-conferences.queries.js';
import { SeriesPages } from './series.pages.js';
import { SeriesService } from './series.service.js';
import { HeldConferences } from './held-conferences.js';
import { SpeakersPages } from './speakers.pages.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Series, Conference]),
    AccountsModule,
    ProgrammeModule,
    ExchangeModule,
    VenuesModule,
  ],
  controllers: [
    FrontDoor,
    HomePages,
    ConferencePublicPages,
    ProgrammePublicPages,
    ProgrammeBookletPages,
    ProgrammeMomentPages,
    SpeakersPages,
    ProgrammeExport,
    ConferencesPages,
    SeriesPages,
    ConferencesApi,
    SeriesApi,
  ],
  providers: [HeldConferences, Conferences, SeriesService, PublicConferences, RegistrationDoor, OverviewFigures],
  exports: [Conferences, SeriesService, PublicConferences, RegistrationDoor, OverviewFigures],
})
export class ConferencesModule implements OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly accounts: Accounts,
    private readonly published: PublishedAnswers,
    private readonly conferences: Conferences,
    private readonly shown: PublicConferences,
  ) {}

  /** The platform and the lower features ask about conferences; here they learn whom to ask. */
  onModuleInit(): void {
    this.access.conferencesFrom(async (slug) => {
      const found = await this.conferences.bySlug(slug);
      if (!found) return null;
      const { id, title, zone, startsOn, endsOn } = found;
      return { id, slug: found.slug, title, zone, startsOn, endsOn };
    });
    this.accounts.conferencesFrom(this.conferences);
    this.published.versionsFrom((scope) => this.shown.versionOf(scope));
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { LogisticsModule, VisitsModule } from '../visits/index.js';
import { RegistrationModule } from '../registration/index.js';
import { VenuesModule } from '../venues/index.js';
import { CalendarTask } from './calendar-task.js';
import { CommitmentQueries } from './commitments.queries.js';
import { ConferenceRevisions } from './conference-revisions.service.js';
import { DriverCalendars } from './driver-calendars.service.js';
import { EventBlocks } from './event-blocks.js';
import { Feed } from './feed.entity.js';
import { ConferenceFeedsApi, HouseFeedsApi } from './feeds.api.js';
import { FeedReaders } from './feed-readers.js';
import { Feeds } from './feeds.service.js';
import { MyCalendarPages } from './my-calendar.pages.js';
import { OnlyReading } from './only-reading.js';
import { PersonalCalendars } from './personal-calendars.service.js';
import { PublicCalendarPages } from './public-calendars.pages.js';
import { PublicCalendars } from './public-calendars.service.js';
import { RobotsPage } from './robots.pages.js';
import { SecretFeedPages } from './secret-feeds.pages.js';
import { SharedCalendars } from './shared-calendars.service.js';
import { ConferenceFeedsPages, HouseFeedsPages } from './shared-feeds.pages.js';
import { SharedFeeds } from './shared-feeds.service.js';
import { VisitFeedsApi } from './visit-feeds.api.js';
import { VisitFeedsPages } from './visit-feeds.pages.js';

@Module({
  imports: [TypeOrmModule.forFeature([Feed]), PeopleModule, VenuesModule, ProgrammeModule, ConferencesModule, RegistrationModule, VisitsModule, LogisticsModule],
  controllers: [PublicCalendarPages, RobotsPage, SecretFeedPages, MyCalendarPages, ConferenceFeedsPages, HouseFeedsPages, ConferenceFeedsApi, HouseFeedsApi, VisitFeedsPages, VisitFeedsApi],
  providers: [PublicCalendars, PersonalCalendars, SharedCalendars, DriverCalendars, SharedFeeds, CommitmentQueries, ConferenceRevisions, EventBlocks, Feeds, CalendarTask, FeedReaders, OnlyReading],
  exports: [Feeds],
})
export class FeedsModule {}

import { Module } from '@nestjs/common';
import { ConferencesModule } from '../conferences/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { ConferenceRevisions } from './conference-revisions.service.js';
import { EventBlocks } from './event-blocks.js';
import { OnlyReading } from './only-reading.js';
import { PublicCalendarPages } from './public-calendars.pages.js';
import { PublicCalendars } from './public-calendars.service.js';
import { RobotsPage } from './robots.pages.js';

@Module({
  imports: [ProgrammeModule, ConferencesModule],
  controllers: [PublicCalendarPages, RobotsPage],
  providers: [PublicCalendars, ConferenceRevisions, EventBlocks, OnlyReading],
})
export class FeedsModule {}

import { Module } from '@nestjs/common';
import { ConferencesModule } from '../conferences/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { RegistrationModule } from '../registration/index.js';
import { VenuesModule } from '../venues/index.js';
import { VisitsModule } from '../visits/index.js';
import { BuildingCalendarApi } from './building-calendar.api.js';
import { BuildingCalendarPages } from './building-calendar.pages.js';
import { BuildingCalendars } from './building-calendar.queries.js';
import { DeskPages } from './desk.pages.js';
import { DeskQueries } from './desk.queries.js';

/** The first page of everybody who works here, and what takes place in the house. */
@Module({
  imports: [ConferencesModule, RegistrationModule, ProgrammeModule, VenuesModule, VisitsModule],
  providers: [DeskQueries, BuildingCalendars],
  controllers: [DeskPages, BuildingCalendarPages, BuildingCalendarApi],
})
export class DeskModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
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
import { HoldReminders } from './purge/hold-reminders.js';
import { PurgeApi } from './purge/purge.api.js';
import { PurgeDesk } from './purge/purge-desk.js';
import { PurgePages } from './purge/purge.pages.js';

/** The first page of everybody who works here, what takes place in the house, and what the data officers look after. */
@Module({
  imports: [AccountsModule, ConferencesModule, RegistrationModule, ProgrammeModule, VenuesModule, VisitsModule],
  providers: [DeskQueries, BuildingCalendars, PurgeDesk, HoldReminders],
  controllers: [DeskPages, BuildingCalendarPages, BuildingCalendarApi, PurgePages, PurgeApi],
})
export class DeskModule {}

import { Module } from '@nestjs/common';
import { PeopleModule } from '../../people/index.js';
import { ProgrammeModule } from '../../programme/index.js';
import { DayModule } from '../day/day.module.js';
import { LogisticsModule } from '../logistics/logistics.module.js';
import { VisitsModule } from '../visits.module.js';
import { ChecksApi } from './checks.api.js';
import { ChecksPages } from './checks.pages.js';
import { VisitPoints } from './visit-points.service.js';

/** Everything that should be looked at before a visit, on one page. */
@Module({
  imports: [PeopleModule, ProgrammeModule, VisitsModule, LogisticsModule, DayModule],
  controllers: [ChecksPages, ChecksApi],
  providers: [VisitPoints],
})
export class ChecksModule {}

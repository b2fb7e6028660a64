import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LogisticsModule } from '../logistics/logistics.module.js';
import { VisitsModule } from '../visits.module.js';
import { DayApi } from './day.api.js';
import { DayPages } from './day.pages.js';
import { VisitDay } from './day.service.js';
import { VisitIncident } from './incident.entity.js';
import { Incidents } from './incidents.service.js';
import { VisitTick } from './tick.entity.js';

/** The run sheet of the day, with its ticks. */
@Module({
  imports: [TypeOrmModule.forFeature([VisitTick, VisitIncident]), VisitsModule, LogisticsModule],
  controllers: [DayPages, DayApi],
  providers: [VisitDay, Incidents],
  exports: [VisitDay, Incidents],
})
export class DayModule {}

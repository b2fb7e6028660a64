import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/index.js';
import { DayModule } from '../day/day.module.js';
import { LogisticsModule } from '../logistics/logistics.module.js';
import { VisitsModule } from '../visits.module.js';
import { DutyReminder } from './duty-reminder.entity.js';
import { DutyReminders } from './duty-reminders.js';
import { ReportApi } from './report.api.js';
import { ReportPages } from './report.pages.js';
import { VisitReports } from './visit-reports.service.js';

/** After a visit: what is owed, the reminders of it, and the report. */
@Module({
  imports: [TypeOrmModule.forFeature([DutyReminder]), AccountsModule, VisitsModule, DayModule, LogisticsModule],
  controllers: [ReportPages, ReportApi],
  providers: [DutyReminders, VisitReports],
})
export class AfterModule {}

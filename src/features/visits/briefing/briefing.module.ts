import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CooperationModule } from '../../cooperation/index.js';
import { VisitsModule } from '../visits.module.js';
import { BriefingApi } from './briefing.api.js';
import { VisitBriefing } from './briefing.entity.js';
import { BriefingPages } from './briefing.pages.js';
import { Briefings } from './briefings.service.js';

/** What the host principal should know. */
@Module({
  imports: [TypeOrmModule.forFeature([VisitBriefing]), CooperationModule, VisitsModule],
  controllers: [BriefingPages, BriefingApi],
  providers: [Briefings],
  exports: [Briefings],
})
export class BriefingModule {}

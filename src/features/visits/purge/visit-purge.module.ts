import { Module } from '@nestjs/common';
import { LogisticsModule } from '../logistics/logistics.module.js';
import { VisitsModule } from '../visits.module.js';
import { VisitNotesPurge } from './visit-notes-purge.js';
import { VisitPurge } from './visit-purge.js';

/** The terms of visits. */
@Module({ imports: [VisitsModule, LogisticsModule], providers: [VisitPurge, VisitNotesPurge] })
export class VisitPurgeModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/index.js';
import { CooperationModule } from '../../cooperation/index.js';
import { DocumentsModule } from '../../documents/index.js';
import { PeopleModule } from '../../people/index.js';
import { BriefingModule } from '../briefing/briefing.module.js';
import { DayModule } from '../day/day.module.js';
import { LogisticsModule } from '../logistics/logistics.module.js';
import { SeatingModule } from '../seating/seating.module.js';
import { VisitsModule } from '../visits.module.js';
import { VisitDocumentsApi } from './visit-documents.api.js';
import { VisitDocumentsPages } from './visit-documents.pages.js';
import { VisitDocuments } from './visit-documents.service.js';
import { VisitPacks } from './visit-packs.service.js';
import { PAPER_PROVIDERS } from './papers/papers.parts.js';
import { VisitPapersData } from './visit-papers-data.js';

/** The documents of visits, filled from everything that is known of one. */
@Module({
  imports: [
    AccountsModule,
    BriefingModule,
    CooperationModule,
    DocumentsModule,
    PeopleModule,
    VisitsModule,
    LogisticsModule,
    DayModule,
    SeatingModule,
  ],
  controllers: [VisitDocumentsPages, VisitDocumentsApi],
  providers: [VisitDocuments, VisitPacks, VisitPapersData, ...PAPER_PROVIDERS],
})
export class VisitDocumentsModule {}

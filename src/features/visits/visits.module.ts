import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { ConferencesModule } from '../conferences/index.js';
import { CooperationModule } from '../cooperation/index.js';
import { DocumentsModule } from '../documents/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { VenuesModule } from '../venues/index.js';
import { DelegationApi } from './delegation/delegation.api.js';
import { DelegationPage } from './delegation/delegation-page.js';
import { DelegationPages } from './delegation/delegation.pages.js';
import { MemberNeeds } from './delegation/member-needs.service.js';
import { VisitMember } from './delegation/member.entity.js';
import { Delegations } from './delegation/members.service.js';
import { VisitPaper } from './papers/paper.entity.js';
import { VisitPapers } from './papers/papers.service.js';
import { VisitRelease, VisitSession } from './stay/stay.entity.js';
import { StayPapers } from './stay/stay-papers.service.js';
import { StayReleases } from './stay/stay-releases.service.js';
import { StaySessions } from './stay/stay-sessions.service.js';
import { STAY_CONTROLLERS, STAY_SERVICES } from './stay/stay.parts.js';
import { Visit, VisitNamed, VisitOverride } from './visit.entity.js';
import { VisitCard } from './visit-card.js';
import { VisitCardPages } from './visit-card.pages.js';
import { VisitFlags } from './visit-flags.js';
import { VisitForms } from './visit-forms.js';
import { VisitQuestions } from './visit-questions.js';
import { VisitReadiness } from './visit-readiness.service.js';
import { VisitsApi } from './visits.api.js';
import { VisitsPages } from './visits.pages.js';
import { VisitQueries } from './visits.queries.js';
import { Visits } from './visits.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Visit, VisitNamed, VisitOverride, VisitPaper, VisitMember, VisitSession, VisitRelease]),
    AccountsModule,
    PeopleModule,
    ProgrammeModule,
    ConferencesModule,
    CooperationModule,
    DocumentsModule,
    VenuesModule,
  ],
  controllers: [VisitsPages, VisitCardPages, VisitsApi, DelegationPages, DelegationApi, ...STAY_CONTROLLERS],
  providers: [
    Visits,
    VisitQueries,
    VisitReadiness,
    VisitPapers,
    VisitCard,
    VisitForms,
    VisitFlags,
    VisitQuestions,
    Delegations,
    MemberNeeds,
    DelegationPage,
    ...STAY_SERVICES,
  ],
  exports: [Visits, VisitQueries, Delegations, MemberNeeds, StayPapers, StayReleases, StaySessions],
})
export class VisitsModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { ConferencesModule } from '../conferences/index.js';
import { CooperationModule } from '../cooperation/index.js';
import { DocumentsModule } from '../documents/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { VisaModule } from '../registration/index.js';
import { VenuesModule } from '../venues/index.js';
import { ATTENDED_CONTROLLERS, ATTENDED_SERVICES } from './attended/attended.parts.js';
import { VisitAttendance } from './attended/attendance.entity.js';
import { AttendedQueries } from './attended/attended.queries.js';
import { VisitAttendances } from './attended/attendances.service.js';
import { Duties } from './after/duties.service.js';
import { VisitCommitment } from './commitments/commitment.entity.js';
import { Commitments } from './commitments/commitments.service.js';
import { DELEGATION_CONTROLLERS, DELEGATION_ROWS, DELEGATION_SERVICES } from './delegation/delegation.parts.js';
import { DelegationDoor } from './delegation/delegation-door.js';
import { MemberVisas } from './delegation/member-visas.queries.js';
import { MemberNeeds } from './delegation/member-needs.service.js';
import { Delegations } from './delegation/members.service.js';
import { LetterReadings } from './letter/letter-readings.service.js';
import { LetterVisits } from './letter/letter-visits.service.js';
import { EarlierVisits } from './earlier-visits.queries.js';
import { VisitPaper } from './papers/paper.entity.js';
import { VisitPapers } from './papers/papers.service.js';
import { VisitRelease, VisitSession } from './stay/stay.entity.js';
import { SheetMails } from './stay/sheet-mails.service.js';
import { StayPapers } from './stay/stay-papers.service.js';
import { StayQueries } from './stay/stay.queries.js';
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
import { VisitSessions } from './stay-sessions.queries.js';
import { VisitQueries } from './visits.queries.js';
import { Visits } from './visits.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Visit,
      VisitNamed,
      VisitOverride,
      VisitPaper,
      ...DELEGATION_ROWS,
      VisitSession,
      VisitRelease,
      VisitAttendance,
      VisitCommitment,
    ]),
    AccountsModule,
    PeopleModule,
    ProgrammeModule,
    ConferencesModule,
    CooperationModule,
    DocumentsModule,
    VenuesModule,
    VisaModule,
  ],
  controllers: [
    VisitsPages,
    VisitCardPages,
    VisitsApi,
    ...DELEGATION_CONTROLLERS,
    ...STAY_CONTROLLERS,
    ...ATTENDED_CONTROLLERS,
  ],
  providers: [
    Visits,
    VisitQueries,
    VisitSessions,
    Commitments,
    EarlierVisits,
    VisitReadiness,
    VisitPapers,
    LetterReadings,
    LetterVisits,
    VisitCard,
    Duties,
    VisitForms,
    VisitFlags,
    VisitQuestions,
    MemberVisas,
    ...DELEGATION_SERVICES,
    ...STAY_SERVICES,
    ...ATTENDED_SERVICES,
  ],
  exports: [
    Duties,
    Visits,
    VisitQueries,
    VisitPapers,
    VisitSessions,
    Commitments,
    EarlierVisits,
    Delegations,
    MemberNeeds,
    MemberVisas,
    DelegationDoor,
    AttendedQueries,
    VisitAttendances,
    SheetMails,
    StayPapers,
    StayQueries,
    StayReleases,
    StaySessions,
  ],
})
export class VisitsModule {}

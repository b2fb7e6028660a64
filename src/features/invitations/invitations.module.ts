import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { RegistrationModule } from '../registration/index.js';
import { VenuesModule } from '../venues/index.js';
import { AnswerBoardPages } from './answer-board.pages.js';
import { AnswerBoardQueries } from './answer-board.queries.js';
import { AnswerPages } from './answer.pages.js';
import { CompanionsCard } from './companions-card.js';
import { ConferenceNews } from './conference-news.js';
import { Commitments } from './commitments.service.js';
import { InvitationBounces } from './invitation-bounces.service.js';
import { InvitationCalendar } from './invitation-calendar.service.js';
import { InvitationDrafts } from './invitation-drafts.service.js';
import { InvitationRounds } from './invitation-rounds.service.js';
import { InvitationSubjects } from './invitation-subjects.service.js';
import { InvitationTokens } from './invitation-tokens.js';
import { Invitation } from './invitation.entity.js';
import { InvitationCardPages } from './invitation-card.pages.js';
import { InvitationMails } from './invitation.mails.js';
import { InvitationFigures } from './invitation-figures.js';
import { InvitationQueries } from './invitation.queries.js';
import { InvitationsApi } from './invitations.api.js';
import { InvitationsPages } from './invitations.pages.js';
import { NewsDigests } from './news-digests.js';
import { NewsLetters } from './news-letters.js';
import { News } from './news.service.js';
import { ReleaseInvolved } from './release-involved.queries.js';
import { ReleaseMails } from './release.mails.js';
import { Invitations } from './invitations.service.js';
import { CalendarReplies } from './replies/calendar-replies.service.js';
import { CalendarReplyRow } from './replies/calendar-reply.entity.js';
import { RefusalMails } from './replies/refusal.mails.js';
import { RepliesApi } from './replies/replies.api.js';
import { RepliesPages } from './replies/replies.pages.js';
import { ReplyDesk } from './replies/reply-desk.service.js';
import { ReplyQueries } from './replies/reply.queries.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Invitation, CalendarReplyRow]),
    AccountsModule,
    PeopleModule,
    VenuesModule,
    ProgrammeModule,
    ConferencesModule,
    RegistrationModule,
  ],
  controllers: [
    AnswerPages,
    InvitationsPages,
    AnswerBoardPages,
    InvitationCardPages,
    InvitationsApi,
    RepliesPages,
    RepliesApi,
  ],
  providers: [
    Invitations,
    InvitationDrafts,
    InvitationBounces,
    InvitationRounds,
    InvitationQueries,
    AnswerBoardQueries,
    InvitationFigures,
    CompanionsCard,
    InvitationTokens,
    InvitationSubjects,
    InvitationCalendar,
    InvitationMails,
    Commitments,
    ReleaseInvolved,
    NewsLetters,
    NewsDigests,
    News,
    ReleaseMails,
    ConferenceNews,
    CalendarReplies,
    ReplyQueries,
    RefusalMails,
    ReplyDesk,
  ],
  exports: [
    Invitations,
    InvitationRounds,
    InvitationDrafts,
    InvitationMails,
    InvitationQueries,
    InvitationSubjects,
    Commitments,
    ReplyQueries,
  ],
})
export class InvitationsModule {}

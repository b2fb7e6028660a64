import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/index.js';
import { ConferencesModule } from '../../conferences/index.js';
import { CooperationModule } from '../../cooperation/index.js';
import { MailingsModule } from '../../mailings/index.js';
import { PeopleModule } from '../../people/index.js';
import { RegistrationModule } from '../../registration/index.js';
import { InvitationsModule } from '../invitations.module.js';
import { WaveCandidates } from './wave-candidates.queries.js';
import { WaveChoices } from './wave-choices.js';
import { WaveGuests } from './wave-guests.service.js';
import { WaveLetters } from './wave-letters.service.js';
import { WavePeoplePages } from './wave-people.pages.js';
import { WaveProgress } from './wave-progress.queries.js';
import { WaveReminders } from './wave-reminders.service.js';
import { WaveSending } from './wave-sending.service.js';
import { WaveSendingPages } from './wave-sending.pages.js';
import { InvitationWave, WaveGuest } from './wave.entity.js';
import { WavesApi } from './waves.api.js';
import { WavesPages } from './waves.pages.js';
import { Waves } from './waves.service.js';

/** Invitations to many people at once. */
@Module({
  imports: [
    TypeOrmModule.forFeature([InvitationWave, WaveGuest]),
    AccountsModule,
    PeopleModule,
    ConferencesModule,
    CooperationModule,
    RegistrationModule,
    MailingsModule,
    InvitationsModule,
  ],
  controllers: [WavesPages, WavePeoplePages, WaveSendingPages, WavesApi],
  providers: [Waves, WaveGuests, WaveCandidates, WaveChoices, WaveLetters, WaveSending, WaveProgress, WaveReminders],
})
export class WavesModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/index.js';
import { VisitsModule } from '../visits.module.js';
import { CommitmentReminders } from './commitment-reminders.js';
import { CommitmentsApi } from './commitments.api.js';
import { CommitmentsPages } from './commitments.pages.js';

/** The pages of what was promised at visits, and the reminders of it. */
@Module({
  imports: [AccountsModule, VisitsModule],
  controllers: [CommitmentsPages, CommitmentsApi],
  providers: [CommitmentReminders],
})
export class CommitmentsModule {}

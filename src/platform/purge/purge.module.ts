import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PurgeRules } from './purge-rules.js';
import { HoldSubjects } from './hold-subjects.js';
import { LegalHold } from './legal-hold.entity.js';
import { LegalHolds } from './legal-holds.service.js';
import { PurgeState } from './purge-state.entity.js';
import { Purge } from './purge.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([PurgeState, LegalHold])],
  providers: [PurgeRules, HoldSubjects, LegalHolds, Purge],
  exports: [PurgeRules, HoldSubjects, LegalHolds, Purge],
})
export class PurgeModule {}

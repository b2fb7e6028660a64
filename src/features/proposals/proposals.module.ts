import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConferencesModule } from '../conferences/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { RegistrationModule } from '../registration/index.js';
import { OrgProposalPages } from './org-proposals.pages.js';
import { Proposal } from './proposal.entity.js';
import { PaperPages } from './proposals.pages.js';
import { ProposalsApi } from './proposals.api.js';
import { Proposals } from './proposals.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Proposal]), ConferencesModule, ProgrammeModule, RegistrationModule],
  controllers: [PaperPages, OrgProposalPages, ProposalsApi],
  providers: [Proposals],
  exports: [Proposals],
})
export class ProposalsModule {}

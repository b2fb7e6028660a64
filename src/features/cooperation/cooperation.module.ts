import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { PeopleModule } from '../people/index.js';
import { Agreements } from './agreements.service.js';
import { CooperationApi } from './cooperation.api.js';
import { CooperationQueries } from './cooperation.queries.js';
import { InstitutionCard } from './institution-card.js';
import { InstitutionContacts } from './institution-contacts.service.js';
import { Agreement, Institution, InstitutionContact } from './institution.entity.js';
import { InstitutionPartsPages } from './institution-parts.pages.js';
import { InstitutionsPages } from './institutions.pages.js';
import { Institutions } from './institutions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Institution, Agreement, InstitutionContact]), AccountsModule, PeopleModule],
  controllers: [InstitutionsPages, InstitutionPartsPages, CooperationApi],
  providers: [Institutions, Agreements, InstitutionContacts, CooperationQueries, InstitutionCard],
  exports: [Institutions, Agreements, InstitutionContacts, CooperationQueries],
})
export class CooperationModule {}

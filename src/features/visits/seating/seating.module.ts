import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleModule } from '../../people/index.js';
import { ProgrammeModule } from '../../programme/index.js';
import { VisitsModule } from '../visits.module.js';
import { SeatedPeople } from './seated-people.js';
import { SeatingApi } from './seating.api.js';
import { SeatingPlan } from './seating.entity.js';
import { SeatingPages } from './seating.pages.js';
import { Seatings } from './seatings.service.js';

/** Who sits where at the sessions of visits. */
@Module({
  imports: [TypeOrmModule.forFeature([SeatingPlan]), PeopleModule, ProgrammeModule, VisitsModule],
  controllers: [SeatingPages, SeatingApi],
  providers: [Seatings, SeatedPeople],
  exports: [Seatings, SeatedPeople],
})
export class SeatingModule {}

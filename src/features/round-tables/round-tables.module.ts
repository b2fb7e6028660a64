import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { FloorQueue } from './floor.service.js';
import { ResolutionPublicPages } from './resolution-public.pages.js';
import { Resolutions } from './resolutions.service.js';
import {
  FloorRequest,
  Resolution,
  ResolutionAdopter,
  ResolutionComment,
  ResolutionVersion,
  Thesis,
} from './round-table.entity.js';
import { RoundTables } from './round-tables.queries.js';
import { StaffTablePages } from './staff-table.pages.js';
import { TablePages } from './table.pages.js';
import { Theses } from './theses.service.js';

const TABLES = [Thesis, FloorRequest, Resolution, ResolutionVersion, ResolutionComment, ResolutionAdopter];

@Module({
  imports: [TypeOrmModule.forFeature(TABLES), ConferencesModule, PeopleModule, ProgrammeModule],
  controllers: [TablePages, StaffTablePages, ResolutionPublicPages],
  providers: [RoundTables, Theses, FloorQueue, Resolutions],
  exports: [RoundTables, Theses, FloorQueue, Resolutions],
})
export class RoundTablesModule {}

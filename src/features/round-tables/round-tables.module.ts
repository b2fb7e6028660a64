import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConferencesModule } from '../conferences/index.js';
import { PeopleModule } from '../people/index.js';
import { ProgrammeModule } from '../programme/index.js';
import { FloorQueue } from './floor.service.js';
import { ResolutionPublicPages } from './resolution-public.pages.js';
import { Resolutions } from './resolutions.service.js';
import {
  FloorLimit,
  FloorRequest,
  Resolution,
  ResolutionAdopter,
  ResolutionComment,
  ResolutionVersion,
  Thesis,
} from './round-table.entity.js';
import { ResolutionsApi } from './resolutions.api.js';
import { RoundTablesApi } from './round-tables.api.js';
import { RoundTables } from './round-tables.queries.js';
import { StaffTablePages } from './staff-table.pages.js';
import { TableFloorPages } from './table-floor.pages.js';
import { TableSheetsPages } from './table-sheets.pages.js';
import { TablePages } from './table.pages.js';
import { Theses } from './theses.service.js';

const TABLES = [Thesis, FloorLimit, FloorRequest, Resolution, ResolutionVersion, ResolutionComment, ResolutionAdopter];

@Module({
  imports: [TypeOrmModule.forFeature(TABLES), ConferencesModule, PeopleModule, ProgrammeModule],
  controllers: [
    RoundTablesApi,
    ResolutionsApi,
    TablePages,
    TableFloorPages,
    TableSheetsPages,
    StaffTablePages,
    ResolutionPublicPages,
  ],
  providers: [RoundTables, Theses, FloorQueue, Resolutions],
  exports: [RoundTables, Theses, FloorQueue, Resolutions],
})
export class RoundTablesModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleModule } from '../../people/index.js';
import { VenuesModule } from '../../venues/index.js';
import { ProgrammeModule } from '../programme.module.js';
import { ExchangeId } from './exchange-id.entity.js';
import { ExchangeIds } from './exchange-ids.service.js';
import { ProgrammeImport } from './programme-import.entity.js';
import { ImportUndo } from './import-undo.service.js';
import { ImportedChanges } from './imported-changes.service.js';
import { ImportedSeats } from './imported-seats.service.js';
import { ImportWriter } from './import-writer.service.js';
import { ImportsApi } from './imports.api.js';
import { ImportsPages } from './imports.pages.js';
import { KnownDraft } from './known-draft.queries.js';
import { ProgrammeImports } from './programme-imports.service.js';
import { ScheduleExport } from './schedule-export.service.js';
import { SessionsSheetPages } from './sessions-sheet.pages.js';
import { SessionsSheet } from './sessions-sheet.service.js';

/** Programmes out of and into the formats of other programs. */
@Module({
  imports: [TypeOrmModule.forFeature([ExchangeId, ProgrammeImport]), PeopleModule, VenuesModule, ProgrammeModule],
  controllers: [ImportsApi, ImportsPages, SessionsSheetPages],
  providers: [
    SessionsSheet,
    ExchangeIds,
    ScheduleExport,
    KnownDraft,
    ImportedSeats,
    ImportedChanges,
    ImportWriter,
    ImportUndo,
    ProgrammeImports,
  ],
  exports: [ExchangeIds, ScheduleExport, ProgrammeImports],
})
export class ExchangeModule {}

import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Journal } from './journal.js';
import { JournalEntry } from './journal-entry.entity.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([JournalEntry])], providers: [Journal], exports: [Journal] })
export class JournalModule {}

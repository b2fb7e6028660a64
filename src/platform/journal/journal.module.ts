import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Journal } from './journal.js';
import { JournalTail } from './journal-tail.js';
import { JournalEntry } from './journal-entry.entity.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([JournalEntry])], providers: [Journal, JournalTail], exports: [Journal, JournalTail] })
export class JournalModule {}

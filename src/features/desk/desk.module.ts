import { Module } from '@nestjs/common';
import { ConferencesModule } from '../conferences/index.js';
import { RegistrationModule } from '../registration/index.js';
import { DeskPages } from './desk.pages.js';
import { DeskQueries } from './desk.queries.js';

/** The first page of everybody who works here. */
@Module({ imports: [ConferencesModule, RegistrationModule], providers: [DeskQueries], controllers: [DeskPages] })
export class DeskModule {}

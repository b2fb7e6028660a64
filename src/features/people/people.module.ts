import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Consent } from './consent.entity.js';
import { Consents } from './consents.service.js';
import { People } from './people.service.js';
import { Person } from './person.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Person, Consent])],
  providers: [People, Consents],
  exports: [People, Consents],
})
export class PeopleModule {}

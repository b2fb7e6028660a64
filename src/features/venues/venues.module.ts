import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Room, Venue } from './venue.entity.js';
import { Venues } from './venues.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Venue, Room])],
  providers: [Venues],
  exports: [Venues],
})
export class VenuesModule {}

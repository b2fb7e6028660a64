import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Room, Venue } from './venue.entity.js';
import { RoomsApi, VenuesApi } from './venues.api.js';
import { VenuesPages } from './venues.pages.js';
import { Venues } from './venues.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Venue, Room])],
  controllers: [VenuesPages, VenuesApi, RoomsApi],
  providers: [Venues],
  exports: [Venues],
})
export class VenuesModule {}

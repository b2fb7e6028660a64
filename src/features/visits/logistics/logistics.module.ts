import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VisitsModule } from '../visits.module.js';
import { CarsPages } from './cars.pages.js';
import { Cars } from './cars.service.js';
import { Catering } from './catering.queries.js';
import { GuestJourneysPages } from './guest-journeys.pages.js';
import { GiftsPages } from './gifts.pages.js';
import { VisitCost } from './cost.entity.js';
import { CostsApi } from './costs.api.js';
import { CostsPages } from './costs.pages.js';
import { Costs } from './costs.service.js';
import { Gifts } from './gifts.service.js';
import { Journeys } from './journeys.service.js';
import { Lodgings } from './lodgings.service.js';
import { CarsApi, LogisticsApi } from './logistics.api.js';
import { Car, VisitGift, VisitLeg, VisitLegPassenger, VisitLodging } from './logistics.entity.js';
import { LogisticsPages } from './logistics.pages.js';
import { LogisticsViews } from './logistics-views.js';

/** Journeys, cars, rooms, meals and gifts of visits. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Car, VisitLeg, VisitLegPassenger, VisitLodging, VisitGift, VisitCost]),
    VisitsModule,
  ],
  controllers: [CostsPages, LogisticsPages, GuestJourneysPages, GiftsPages, CarsPages, LogisticsApi, CostsApi, CarsApi],
  providers: [Cars, Journeys, Lodgings, Gifts, Catering, Costs, LogisticsViews],
  exports: [Cars, Journeys, Lodgings, Gifts, Catering, Costs],
})
export class LogisticsModule {}

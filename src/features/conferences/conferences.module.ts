import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Access } from '../../platform/web/access.js';
import { ProgrammeModule } from '../programme/index.js';
import { VenuesModule } from '../venues/index.js';
import { Conference, Series } from './conference.entity.js';
import { Conferences } from './conferences.service.js';
import { SeriesService } from './series.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Series, Conference]), ProgrammeModule, VenuesModule],
  providers: [Conferences, SeriesService],
  exports: [Conferences, SeriesService],
})
export class ConferencesModule implements OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly conferences: Conferences,
  ) {}

  onModuleInit(): void {
    this.access.conferencesFrom(async (slug) => {
      const found = await this.conferences.bySlug(slug);
      return found && { id: found.id, slug: found.slug, title: found.title, zone: found.zone };
    });
  }
}

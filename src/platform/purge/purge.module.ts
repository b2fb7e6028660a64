import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PurgeRules } from './purge-rules.js';
import { PurgeState } from './purge-state.entity.js';
import { Purge } from './purge.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([PurgeState])],
  providers: [PurgeRules, Purge],
  exports: [PurgeRules, Purge],
})
export class PurgeModule {}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../config/config.js';
import { Database } from './database.js';
import { dataSourceOptions, SkarynaDataSource } from './data-source.js';

@Global()
@Module({})
export class DatabaseModule {
  static with(config: Config): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(config.databaseUrl), autoLoadEntities: true, retryAttempts: 3, retryDelay: 500 }),
          dataSourceFactory: async (options) => new SkarynaDataSource(options!).initialize(),
        }),
      ],
      providers: [Database],
      exports: [Database],
    };
  }
}

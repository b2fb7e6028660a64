import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Ids } from './ids.js';
import { Jobs } from './jobs.js';
import { Secrets } from './secrets.js';

@Global()
@Module({ providers: [Clock, Ids, Jobs, Secrets], exports: [Clock, Ids, Jobs, Secrets] })
export class RuntimeModule {}

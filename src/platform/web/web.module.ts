import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Access } from './access.js';
import { AttemptCounter } from './attempt-counter.entity.js';
import { Attempts } from './attempts.js';
import { CsrfGuard } from './csrf.guard.js';
import { ErrorFilter } from './error.filter.js';
import { OpenApi } from './openapi.js';
import { OpenApiPages } from './openapi.pages.js';
import { PolicyGuard } from './policy.guard.js';
import { PolicyCheck } from './policy-check.js';
import { PublishedAnswers } from './published-answers.js';
import { PublishedPages } from './published-pages.js';
import { SentForm } from './sent-form.entity.js';
import { SentForms } from './sent-forms.js';
import { Views } from './views.js';
import { WebTools } from './web-tools.js';

@Global()
@Module({
  controllers: [OpenApiPages],
  imports: [TypeOrmModule.forFeature([AttemptCounter, SentForm])],
  providers: [
    Access,
    Attempts,
    ErrorFilter,
    PublishedAnswers,
    PublishedPages,
    SentForms,
    Views,
    WebTools,
    PolicyCheck,
    OpenApi,
    { provide: APP_GUARD, useClass: CsrfGuard },
    { provide: APP_GUARD, useClass: PolicyGuard },
  ],
  exports: [Access, Attempts, ErrorFilter, PublishedAnswers, PublishedPages, Views, WebTools, PolicyCheck, OpenApi],
})
export class WebModule {}

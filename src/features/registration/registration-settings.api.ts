import { Body, Controller, Get, Patch, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { RegistrationSettings } from './registration-settings.entity.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { settingsChanges, settingsOut } from './registration.schemas.js';

/** How a conference is registered for, for programs. */
@ApiTags('registrations')
@Controller('api/v1/conferences/:conf/registration-settings')
export class RegistrationSettingsApi {
  constructor(private readonly settings: SettingsOfRegistration) {}

  @Get()
  @Staff('settings', 'read')
  @Answers(settingsOut)
  async get(@Web() web: WebContext, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return tagged(await this.settings.of(web.conference.id), reply);
  }

  /** Changes what is given. A capacity below `taken` is allowed: nobody loses a place. */
  @Patch()
  @Staff('settings', 'write')
  @Answers(settingsOut)
  async edit(
    @Web() web: WebContext,
    @Body({ schema: settingsChanges }) changes: z.output<typeof settingsChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const version = versionFrom(request);
    const { id, opensAt, closesAt, approval, capacity, categories, forms, offerHours } = await this.settings.of(
      web.conference.id,
    );
    const before = { opensAt, closesAt, approval, capacity, categories, forms, offerHours };
    return tagged(await this.settings.edit({ id, version }, { ...before, ...changes }), reply);
  }
}

function tagged(settings: RegistrationSettings, reply: FastifyReply): RegistrationSettings {
  void reply.header('etag', etagOf(settings.version)).header('cache-control', 'private, no-store');
  return settings;
}

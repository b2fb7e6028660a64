import { Body, Controller, Get, Post } from '@nestjs/common';
import { InvalidInput } from '../../kernel/errors.js';
import { toInstant, toLocal, ZoneError } from '../../kernel/zones.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { CATEGORIES, FORMS } from './participation.rules.js';
import { APPROVAL_MODES } from './registration.rules.js';
import { settingsForm } from './registration.schemas.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { staffFrame } from './staff-frame.js';

/** How a conference is registered for. Times are typed and shown on the conference's own clock. */
@Controller('org/c/:conf/registration-settings')
export class RegistrationSettingsPages {
  constructor(private readonly settings: SettingsOfRegistration) {}

  @Get()
  @Staff('settings', 'read')
  async page(@Web() web: WebContext): Promise<string> {
    const { opensAt, closesAt, ...rest } = await this.settings.of(web.conference.id);
    const local = (instant: Date | null): string => (instant ? toLocal(instant, web.conference.zone) : '');
    return this.show(web, web.emptyForm({ ...rest, opensAt: local(opensAt), closesAt: local(closesAt) }));
  }

  @Post()
  @Staff('settings', 'write')
  save(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(settingsForm, body, {
      done: async ({ version, opensAt, closesAt, ...rest }) => {
        const { zone, id } = web.conference;
        const input = { ...rest, opensAt: instantAt('opensAt', opensAt, zone), closesAt: instantAt('closesAt', closesAt, zone) };
        const { capacity, taken } = await this.settings.edit({ id, version }, input);
        const below = capacity !== null && taken > capacity;
        return web.redirect(`/org/c/${web.conference.slug}/registration-settings`, below ? { key: 'registration.settings.below', params: { taken, capacity } } : { key: 'registration.settings.saved' });
      },
      again: (form) => this.show(web, form),
    });
  }

  private async show(web: WebContext, form: FormView): Promise<string> {
    const { version, taken, capacity } = await this.settings.of(web.conference.id);
    const model = { here: `/org/c/${web.conference.slug}/registration-settings`, version, taken, capacity, zone: web.conference.zone, categories: CATEGORIES, forms: FORMS, modes: APPROVAL_MODES };
    return web.page('pages/registration/settings', model, { ...staffFrame(web, 'registration.settings.title'), form });
  }
}

function instantAt(field: string, local: string | null, zone: string): Date | null {
  if (local === null) return null;
  try {
    return toInstant(local, zone).instant;
  } catch (error) {
    if (error instanceof ZoneError) throw InvalidInput.at(field, `error.registration.${error.code === 'time.skipped' ? 'timeSkipped' : 'timeInvalid'}`);
    throw error;
  }
}

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { resumedMailForm } from './people.schemas.js';
import { People } from './people.service.js';
import { PersonCard } from './person-card.js';

/** Mail is sent again to an address at which it was stopped, for a reason ([CD4]). */
@ApiExcludeController()
@Controller('org/people/:id/resumed-mail')
export class ResumedMailPages {
  constructor(
    private readonly people: People,
    private readonly card: PersonCard,
    private readonly suppressions: Suppressions,
  ) {}

  @Post()
  @Staff('person', 'write', 'any')
  async resume(@Web() web: WebContext, @Param('id') publicId: string, @Body() body: unknown): Promise<string> {
    const person = await this.people.byPublicId(publicId);
    return web.form(resumedMailForm, body, {
      done: async ({ reason }) => {
        await this.suppressions.lift(person.email ?? '', person.id, reason);
        return web.redirect(`/org/people/${publicId}`, { key: 'mailStop.done' });
      },
      again: (form) => this.card.show(web, person, form),
    });
  }
}

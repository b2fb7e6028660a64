import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { People } from '../people/index.js';
import { Agreements } from './agreements.service.js';
import { agreementForm, contactForm, emptyForm, newAgreementForm, versionForm } from './cooperation.schemas.js';
import { frame, InstitutionCard } from './institution-card.js';
import { InstitutionContacts } from './institution-contacts.service.js';
import type { Agreement, Institution } from './institution.entity.js';
import { institutionName } from './institution.rules.js';
import { Institutions } from './institutions.service.js';

/** Agreements with an institution, and the people whom the house knows there. */
@ApiExcludeController()
@Controller('org/institutions/:institution')
export class InstitutionPartsPages {
  constructor(
    private readonly people: People,
    private readonly institutions: Institutions,
    private readonly agreements: Agreements,
    private readonly contacts: InstitutionContacts,
    private readonly cards: InstitutionCard,
  ) {}

  @Post('agreements')
  @Staff('agreement', 'write', 'any')
  async addAgreement(@Web() web: WebContext, @Param('institution') id: string, @Body() body: unknown): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    return web.form(newAgreementForm, body, {
      done: async (fields) => {
        await this.agreements.add(institution.id, fields);
        return this.back(web, id, 'agreementAdded');
      },
      again: (form) => this.cards.show(web, institution, null, form),
    });
  }

  @Get('agreements/:agreement')
  @Staff('agreement', 'write', 'any')
  async agreement(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Param('agreement') agreementId: string,
  ): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    const agreement = await this.agreements.one(institution.id, agreementId);
    return this.showAgreement(web, institution, agreement, web.emptyForm({ ...agreement }));
  }

  @Post('agreements/:agreement')
  @Staff('agreement', 'write', 'any')
  async saveAgreement(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Param('agreement') agreementId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    const agreement = await this.agreements.one(institution.id, agreementId);
    return web.form(agreementForm, body, {
      done: async ({ version, ...fields }) => {
        await this.agreements.edit(institution.id, { id: agreement.id, version }, fields);
        return this.back(web, id, 'saved');
      },
      again: async (form) =>
        this.showAgreement(web, institution, await this.agreements.one(institution.id, agreementId), form),
    });
  }

  @Post('agreements/:agreement/removal')
  @Staff('agreement', 'write', 'any')
  async removeAgreement(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Param('agreement') agreementId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    const agreement = await this.agreements.one(institution.id, agreementId);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.agreements.remove(institution.id, { id: agreement.id, version });
        return this.back(web, id, 'agreementRemoved');
      },
      again: (form) => this.showAgreement(web, institution, agreement, form),
    });
  }

  @Post('contacts')
  @Staff('institution', 'write', 'any')
  async nameContact(@Web() web: WebContext, @Param('institution') id: string, @Body() body: unknown): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    return web.form(contactForm, body, {
      done: async ({ person, role }) => {
        const { id: personId } = await this.people.byPublicId(person);
        await this.contacts.name(institution.id, personId, role);
        return this.back(web, id, 'contactNamed');
      },
      again: (form) => this.cards.show(web, institution, null, form),
    });
  }

  @Post('contacts/:contact/removal')
  @Staff('institution', 'write', 'any')
  async removeContact(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Param('contact') contactId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.contacts.remove(institution.id, contactId);
        return this.back(web, id, 'contactRemoved');
      },
      again: (form) => this.cards.show(web, institution, null, form),
    });
  }

  private back(web: WebContext, id: string, done: string): string {
    return web.redirect(`/org/institutions/${id}`, { key: `cooperation.done.${done}` });
  }

  private showAgreement(
    web: WebContext,
    institution: Institution,
    agreement: Agreement,
    form: FormView,
  ): Promise<string> {
    const card = `/org/institutions/${institution.publicId}`;
    const { id, version, reference, validFrom, validUntil } = agreement;
    const model = {
      here: `${card}/agreements/${id}`,
      card,
      version,
      current: web.reply.statusCode === 409 ? { reference, validFrom, validUntil } : null,
    };
    const above = { label: institutionName(institution, web.locale), href: card };
    const page = frame(web, web.t('cooperation.agreement.edit'), above);
    return web.page('pages/cooperation/agreement', model, { ...page, form });
  }
}

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { languageName } from '../../platform/i18n/formats.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { asksPaper, MyFrame, Registration, Registrations } from '../registration/index.js';
import { ABSTRACT_WORDS, TALK_LANGUAGES } from './proposal.rules.js';
import { paperForm } from './proposal.schemas.js';
import { Proposals } from './proposals.service.js';

/** The paper task of a speaker. */
@Controller([...LOCALES].map((locale) => `${locale}/my/:reg/paper`))
export class PaperPages {
  constructor(
    private readonly frame: MyFrame,
    private readonly registrations: Registrations,
    private readonly proposals: Proposals,
  ) {}

  @Get()
  @SignedIn('person')
  async page(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    const registration = await this.own(web, reg);
    const proposal = await this.proposals.of(registration.id);
    return this.show(web, registration, web.emptyForm({ title: proposal?.title, abstract: proposal?.abstract, language: proposal?.language ?? web.locale, strand: proposal?.strandId }));
  }

  @Post()
  @SignedIn('person')
  async save(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(paperForm, body, {
      done: async (input) => {
        await this.proposals.save(registration, input);
        return web.redirect(`/${web.locale}/my/${reg}${input.step === 'draft' ? '/paper' : ''}`, { key: `proposal.saved.${input.step}` });
      },
      again: (form) => this.show(web, registration, form),
    });
  }

  /** Who has no paper to write has no such page. */
  private async own(web: WebContext, reg: string): Promise<Registration> {
    const registration = await this.registrations.ofPerson(web.viewer.id, reg);
    if (!asksPaper(registration.category, registration.form) && !(await this.proposals.of(registration.id))) throw new NotFound();
    return registration;
  }

  private async show(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'proposal.task');
    const [proposal, locked, strands] = await Promise.all([this.proposals.of(registration.id), this.proposals.locked(registration), this.proposals.strands(registration.conferenceId)]);
    return web.page(
      'pages/proposals/paper',
      {
        ...model,
        here: `${String(model['home'])}/paper`,
        proposal,
        version: String(proposal?.version ?? 0),
        locked: locked ? web.t(locked) : '',
        words: ABSTRACT_WORDS,
        languages: TALK_LANGUAGES.map((value) => ({ value, label: languageName(web.locale, value) })),
        strands: strands.map(({ id, name }) => ({ value: id, label: pickText(name, web.locale).text })),
      },
      { ...page, form },
    );
  }
}

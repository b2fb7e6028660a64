import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Accounts, AccountsModule, type PersonSource } from '../accounts/index.js';
import { Country } from './countries/country.entity.js';
import { CountriesApi } from './countries/countries.api.js';
import { CountriesPages } from './countries/countries.pages.js';
import { Countries } from './countries/countries.service.js';
import { Consent } from './consent.entity.js';
import { Consents } from './consents.service.js';
import { InterpreterProfile } from './interpreters/interpreter-profile.entity.js';
import { InterpretersApi } from './interpreters/interpreters.api.js';
import { InterpretersPages } from './interpreters/interpreters.pages.js';
import { Interpreters } from './interpreters/interpreters.service.js';
import { InformationPages } from './information.pages.js';
import { MailStateApi } from './mail-state.api.js';
import { PeopleApi } from './people.api.js';
import { PeoplePages } from './people.pages.js';
import { PeopleQueries } from './people.queries.js';
import { People } from './people.service.js';
import { PersonCard } from './person-card.js';
import { Person } from './person.entity.js';
import { personName } from './person.rules.js';
import { HeldPeople } from './held-people.js';
import { ResumedMailPages } from './resumed-mail.pages.js';

@Module({
  imports: [TypeOrmModule.forFeature([Person, Consent, InterpreterProfile, Country]), AccountsModule],
  controllers: [
    CountriesPages,
    CountriesApi,
    InterpretersPages,
    PeoplePages,
    ResumedMailPages,
    PeopleApi,
    MailStateApi,
    InterpretersApi,
    InformationPages,
  ],
  providers: [HeldPeople, People, Consents, Interpreters, PeopleQueries, PersonCard, Countries],
  exports: [Countries, People, Consents, Interpreters],
})
export class PeopleModule implements OnModuleInit, PersonSource {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: People,
  ) {}

  onModuleInit(): void {
    this.accounts.personsFrom(this);
  }

  async byEmail(key: string) {
    const person = await this.people.byEmail(key);
    return person?.email
      ? { id: person.id, name: personName(person), locale: person.locale, email: person.email }
      : null;
  }

  async viewer(id: string) {
    const person = await this.people.byId(id);
    return person && { name: personName(person), locale: person.locale, email: person.email };
  }
}

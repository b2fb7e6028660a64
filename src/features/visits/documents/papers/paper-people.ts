import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../../kernel/locale.js';
import { personName } from '../../../people/index.js';
import { Delegations, type MemberOfDelegation } from '../../delegation/members.service.js';
import type { Visit } from '../../visit.entity.js';
import { secondOf, type Line } from './paper.js';
import { PaperWords } from './paper-words.js';

/** The delegation as documents name it, in its order of precedence. */
@Injectable()
export class PaperPeople {
  constructor(
    private readonly delegations: Delegations,
    private readonly words: PaperWords,
  ) {}

  async members(visit: Visit, locale: Locale): Promise<Line[]> {
    const second = secondOf(locale);
    return (await this.delegations.of(visit.id)).map(({ member, person }, index) => ({
      no: String(index + 1),
      courtesy: pickText(member.courtesy, locale).text,
      name: onPlate(member, locale) ?? personName(person),
      nameOriginal: member.plate.original ?? '',
      nameSecond: onPlate(member, second) ?? personName(person),
      title: pickText(member.title, locale).text,
      titleSecond: pickText(member.title, second).text,
      role: this.words.t(locale, `delegation.role.${member.role}`),
      institution: person.institution ?? '',
    }));
  }

  /** By member, in the order of precedence. */
  async names(visit: Visit, locale: Locale): Promise<Map<string, string>> {
    const delegation = await this.delegations.of(visit.id);
    return new Map(delegation.map(({ member, person }) => [member.id, onPlate(member, locale) ?? personName(person)]));
  }
}

function onPlate({ plate }: MemberOfDelegation['member'], locale: Locale): string | undefined {
  return plate[locale] || undefined;
}

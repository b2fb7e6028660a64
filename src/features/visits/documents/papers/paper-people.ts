import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../../kernel/locale.js';
import { People, personName, type Person } from '../../../people/index.js';
import { Delegations, type MemberOfDelegation } from '../../delegation/members.service.js';
import type { Visit } from '../../visit.entity.js';
import { secondOf, type Line } from './paper.js';
import { PaperWords } from './paper-words.js';

/** Somebody as documents name them, of whichever side. */
export interface PrintedPerson {
  readonly name: string;
  readonly nameSecond: string;
  readonly nameOriginal: string;
  readonly title: string;
  readonly titleSecond: string;
  /** Of a member of the delegation; null: one of ours, or not known. */
  readonly country: string | null;
  readonly isMember: boolean;
}

/** The people of a visit as documents name them. */
@Injectable()
export class PaperPeople {
  constructor(
    private readonly delegations: Delegations,
    private readonly people: People,
    private readonly words: PaperWords,
  ) {}

  /** The delegation, in its order of precedence. */
  delegation(visit: Visit): Promise<MemberOfDelegation[]> {
    return this.delegations.of(visit.id);
  }

  async members(visit: Visit, locale: Locale): Promise<Line[]> {
    return (await this.delegations.of(visit.id)).map((one, index) => {
      const { country: _, isMember: __, ...printed } = memberAs(one, locale);
      return {
        no: String(index + 1),
        courtesy: pickText(one.member.courtesy, locale).text,
        role: this.words.t(locale, `delegation.role.${one.member.role}`),
        institution: one.person.institution ?? '',
        ...printed,
      };
    });
  }

  /** By member, in the order of precedence. */
  async names(visit: Visit, locale: Locale): Promise<Map<string, string>> {
    const delegation = await this.delegations.of(visit.id);
    return new Map(delegation.map((one) => [one.member.id, memberAs(one, locale).name]));
  }

  /**
   * By person. Members are named as on their plates; of everybody else the house knows one name and one post. `names`: as the text
   * that is printed from has them; who is missing there had the name removed.
   */
  async printed(
    visit: Visit,
    locale: Locale,
    ids: Iterable<string>,
    names?: ReadonlyMap<string, string>,
  ): Promise<Map<string, PrintedPerson>> {
    const members = new Map((await this.delegations.of(visit.id)).map((one) => [one.person.id, one]));
    const wanted = [...new Set(ids)];
    const others = await this.people.byIds(wanted.filter((id) => !members.has(id)));
    return new Map(
      wanted.map((id) => {
        const member = members.get(id);
        if (member) return [id, memberAs(member, locale)];
        const person = others.get(id);
        const name = names ? names.get(id) : person && personName(person);
        return [id, otherAs(person, name ?? this.words.t(locale, 'programme.diff.nameRemoved'))];
      }),
    );
  }
}

function memberAs({ member, person }: MemberOfDelegation, locale: Locale): PrintedPerson {
  const second = secondOf(locale);
  return {
    name: nameIn(member, locale) ?? personName(person),
    nameSecond: nameIn(member, second) ?? personName(person),
    nameOriginal: member.plate.original ?? '',
    title: pickText(member.title, locale).text,
    titleSecond: pickText(member.title, second).text,
    country: member.citizenship,
    isMember: true,
  };
}

/** On the plate of that language, else of another that the house prints: who reads it does not read every script. */
function nameIn({ plate }: MemberOfDelegation['member'], locale: Locale): string | undefined {
  const others = { be: ['ru', 'en'], ru: ['be', 'en'], en: ['ru', 'be'] } as const;
  return [locale, ...others[locale]].map((one) => plate[one]).find(Boolean);
}

function otherAs(person: Person | undefined, name: string): PrintedPerson {
  const title = person?.position ?? '';
  return { name, nameSecond: name, nameOriginal: '', title, titleSecond: title, country: null, isMember: false };
}

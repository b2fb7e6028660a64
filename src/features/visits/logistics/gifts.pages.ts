import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { withNames } from '../delegation/member-names.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { GIFT_WAYS, GIFTS_UP_TO_LEVEL, unequalGifts, withoutGift } from './gift.rules.js';
import { Gifts } from './gifts.service.js';
import type { VisitGift } from './logistics.entity.js';
import { giftForm, newGiftForm, versionForm } from './logistics.schemas.js';
import { typedMoney } from './money.js';

/** What was given and received at one visit. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/gifts')
export class GiftsPages {
  constructor(
    private readonly visits: Visits,
    private readonly gifts: Gifts,
    private readonly delegations: Delegations,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.show(
      web,
      await this.visits.open(web.viewer, ref, 'inner'),
      null,
      web.emptyForm({ way: 'given', currency: 'BYN' }),
    );
  }

  @Post()
  @Staff('visit', 'count', 'any')
  add(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, newGiftForm, body, 'giftSaved', null, (visit, fields) =>
      this.gifts.add(visit, fields),
    );
  }

  @Get(':gift')
  @Staff('visit', 'count', 'any')
  async one(@Web() web: WebContext, @Param('ref') ref: string, @Param('gift') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const gift = await this.gifts.one(visit, id);
    return this.show(web, visit, gift, web.emptyForm({ ...gift, value: typedMoney(gift.value) }));
  }

  @Post(':gift')
  @Staff('visit', 'count', 'any')
  save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('gift') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, giftForm, body, 'giftSaved', id, (visit, { version, ...fields }) =>
      this.gifts.edit(visit, { id, version }, fields),
    );
  }

  @Post(':gift/removal')
  @Staff('visit', 'count', 'any')
  remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('gift') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, 'giftRemoved', id, (visit, { version }) =>
      this.gifts.remove(visit, { id, version }),
    );
  }

  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    notice: string,
    id: string | null,
    work: (visit: Visit, input: z.output<S>) => Promise<unknown>,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      work,
      makes: id === null,
      room: '/gifts',
      notice,
      again: async (visit, form) => this.show(web, visit, id === null ? null : await this.gifts.one(visit, id), form),
    });
  }

  /** The register with the form below it: for a new gift, or for the one that is corrected. */
  private async show(web: WebContext, visit: Visit, edited: VisitGift | null, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const [members, gifts] = [withNames(await this.delegations.of(visit.id)), await this.gifts.of(visit.id)];
    const nameOf = (id: string | null) => members.find((member) => member.id === id)?.name ?? null;
    const unequal = new Set(unequalGifts(gifts));
    const here = `${hrefOf(visit)}/gifts`;
    const model = {
      head: headOf(web, visit, 'gifts', mayEdit),
      here,
      action: edited ? `${here}/${edited.id}` : here,
      version: edited?.version ?? '',
      edited: edited !== null,
      ways: GIFT_WAYS,
      members: members.map(({ id, name }) => ({ value: id, label: name })),
      gifts: gifts.map((gift) => ({
        ...gift,
        whom: nameOf(gift.memberId) ?? gift.whom,
        money: gift.value === null ? null : `${typedMoney(gift.value)} ${gift.currency ?? ''}`.trim(),
        unequal: unequal.has(gift.id),
      })),
      without: withoutGift(members, gifts, GIFTS_UP_TO_LEVEL).map(nameOf),
      mayEdit,
    };
    return web.page('pages/visits/gifts', model, { ...frame(web, web.t('visit.room.gifts'), visit), form });
  }
}

import { Injectable } from '@nestjs/common';
import { Forbidden, NotFound } from '../../../kernel/errors.js';
import type { FormView } from '../../../platform/web/form.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import { WHOLE_HOUSE, type Viewer } from '../../../platform/web/viewer.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { People, personName } from '../../people/index.js';
import { VisaDetailsForm, waitsForOfficer, type CardPlace, type VisaRequest } from '../../registration/index.js';
import { MEMBER_STAY, MemberVisas } from '../delegation/member-visas.queries.js';
import type { VisitMember } from '../delegation/member.entity.js';
import { Delegations } from '../delegation/members.service.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { MemberVisaRequests } from './member-visa-requests.service.js';

type Read = ReturnType<VisaDetailsForm['fillIn']>['read'];

/** The pages of the visas of one visit, and which of its requests a viewer may work on. */
@Injectable()
export class VisitVisasPage {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly people: People,
    private readonly visas: MemberVisas,
    private readonly requests: MemberVisaRequests,
    private readonly details: VisaDetailsForm,
  ) {}

  /** Every member in the order of the delegation: what the table says, and how far the request is. */
  async rows(visit: Visit) {
    const delegation = await this.delegations.of(visit.id);
    const members = delegation.map(({ member }) => member);
    const decisions = await this.visas.decisions(visit, members);
    const requests = await this.requests.ofAll(visit, members);
    const standings = await this.visas.of([visit], members);
    return delegation.map(({ member, person }) => {
      const request = requests.get(member.id) ?? null;
      return {
        member,
        name: personName(person),
        request,
        decision: decisions.get(member.id) ?? null,
        standing: standings.get(member.id)!,
      };
    });
  }

  async list(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const here = roomOf(visit);
    const rows = await this.rows(visit);
    const model = {
      head: headOf(web, visit, 'visa', mayEdit),
      here,
      mayEdit,
      officer: mayEdit && web.viewer.level('visa', null) === 'write',
      house: web.viewer.level('visa', WHOLE_HOUSE) === 'write',
      rules: web.viewer.level('entry', null) !== undefined,
      rows: rows.map(({ member, name, request, decision, standing }) => ({
        id: member.id,
        place: member.orderNo,
        name,
        citizenship: member.citizenship,
        passportType: member.passportType,
        standing,
        need: decision?.outcome ?? null,
        checkedOn: decision?.checkedOn ?? null,
        state: request?.state ?? null,
        elsewhere: request !== null && request.stayKind !== MEMBER_STAY,
        waits: request !== null && waitsForOfficer(request.state, request.mismatch),
        mismatch: request?.mismatch ?? false,
        expiresSoon: request?.expiresSoon ?? false,
        sentAt: request?.sentAt ?? null,
        mayOpen: mayWork(web.viewer, request),
      })),
      toOpen: rows.filter(({ request, decision }) => decision?.outcome === 'needed' && !request).length,
    };
    return web.page('pages/visits/visas', model, { ...frame(web, web.t('visit.room.visa'), visit), form });
  }

  /** The form for what an officer writes down from a paper. */
  async entry(
    web: WebContext,
    visit: Visit,
    member: VisitMember,
    { form, read }: { form: FormView; read?: Read },
  ): Promise<string> {
    const person = (await this.people.byId(member.personId))!;
    const stay = await this.requests.stayOf(member);
    const request = await this.ownRequest(web.viewer, member);
    const here = `${roomOf(visit)}/${member.id}/details`;
    const model = {
      here,
      back: `${roomOf(visit)}/${member.id}`,
      version: request?.version ?? '',
      ...(await this.details.model(web, { stay, request, person, ...(read ? { read } : {}) })),
    };
    const values = { ...this.details.values(stay, request, person), ...form.values };
    return web.page('pages/visits/visa-details', model, {
      ...this.frame(web, visit, web.t('visit.visa.detailsOf', { name: personName(person) })),
      form: { ...form, values },
    });
  }

  /** Where the card of a member's request stands. Throws NotFound where there is none that the viewer may work on. */
  async place(web: WebContext, visit: Visit, memberId: string): Promise<CardPlace> {
    const member = await this.delegations.member(visit, memberId);
    const request = await this.requests.of(member);
    if (!request || !mayWork(web.viewer, request)) throw new NotFound();
    const here = `${roomOf(visit)}/${member.id}`;
    return {
      request,
      here,
      zone: visit.zone,
      frame: (title) => this.frame(web, visit, title),
      ...(request.stayKind === MEMBER_STAY ? { entry: `${here}/details` } : {}),
    };
  }

  /** The visit for somebody who works with passports there. Throws NotFound, Forbidden. */
  async officerOf(web: WebContext, ref: string): Promise<Visit> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    if (web.viewer.level('visa', null) !== 'write') throw new Forbidden();
    return visit;
  }

  /** The request that is of this visit, to be written here. Throws NotFound for one that its owner writes at the conference. */
  private async ownRequest(viewer: Viewer, member: VisitMember): Promise<VisaRequest | null> {
    const request = await this.requests.of(member);
    if (request && (request.stayKind !== MEMBER_STAY || !mayWork(viewer, request))) throw new NotFound();
    return request;
  }

  private frame(web: WebContext, visit: Visit, title: string): PageOptions {
    return frame(web, title, visit, 'visa');
  }
}

export function roomOf(visit: Visit): string {
  return `${hrefOf(visit)}/visa`;
}

/** A request of the conference belongs to the officers of that conference, also where it serves the visit. */
function mayWork(viewer: Viewer, request: VisaRequest | null): boolean {
  return request !== null && viewer.level('visa', request.conferenceId) === 'write';
}

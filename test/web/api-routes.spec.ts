import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenApi } from '../../src/platform/web/openapi.js';
import { PolicyCheck, type RoutePolicy } from '../../src/platform/web/policy-check.js';
import type { Policy } from '../../src/platform/web/policy.js';
import { startApp, type TestApp } from '../support/app.js';

const CONF = '/api/v1/conferences/{conf}';
const SESSION = `${CONF}/sessions/{id}`;
const TABLE = `${SESSION}/round-table`;
const REG = `${CONF}/registrations/{reg}`;
const INSTITUTION = '/api/v1/institutions/{institution}';
const QUOTA = `${CONF}/quotas/{quota}`;
const WAVE = `${CONF}/invitation-waves/{wave}`;
const VISA = `${CONF}/visa-requests/{id}`;
const INV = `${CONF}/invitations/{inv}`;
const REPLY = `${CONF}/calendar-replies/{reply}`;

const VISIT = '/api/v1/visits/{ref}';
const VISAS = `${VISIT}/visas/{member}`;

/** What organizers change on a page, programs change through the API: page handler → operation. */
const SAME: Readonly<Record<string, string | readonly string[]>> = {
  'AvailabilitiesPages.add': `POST ${CONF}/people/{person}/availabilities`,
  'AvailabilitiesPages.addWeekly': `POST ${CONF}/people/{person}/weekly-availabilities`,
  'AvailabilitiesPages.remove': `DELETE ${CONF}/people/{person}/availabilities/{availability}`,
  'AvailabilitiesPages.removeWeekly': `DELETE ${CONF}/people/{person}/weekly-availabilities/{availability}`,
  'CountriesPages.save': 'PUT /api/v1/countries/{code}',
  'CountriesPages.saveFlag': 'POST /api/v1/countries/{code}/flag',
  'CountriesPages.removeFlag': 'DELETE /api/v1/countries/{code}/flag',
  'ConferenceFeedsPages.close': `DELETE ${CONF}/feeds/{feed}`,
  'ConferenceFeedsPages.open': `POST ${CONF}/feeds`,
  'ConferenceFeedsPages.renew': `POST ${CONF}/feeds/{feed}/rotation`,
  'HouseFeedsPages.close': 'DELETE /api/v1/feeds/{feed}',
  'HouseFeedsPages.open': 'POST /api/v1/feeds',
  'HouseFeedsPages.renew': 'POST /api/v1/feeds/{feed}/rotation',
  'BoardPages.redo': `POST ${CONF}/board/redo`,
  'BoardPages.undo': `POST ${CONF}/board/undo`,
  'ConferencesPages.create': 'POST /api/v1/conferences',
  'ConferencesPages.save': `PATCH ${CONF}`,
  'ImportsPages.add': `POST ${CONF}/imports`,
  'ImportsPages.choose': `PATCH ${CONF}/imports/{id}`,
  'ImportsPages.commit': `POST ${CONF}/imports/{id}/commit`,
  'ImportsPages.undo': `POST ${CONF}/imports/{id}/undo`,
  'InstitutionPartsPages.addAgreement': `POST ${INSTITUTION}/agreements`,
  'InstitutionPartsPages.nameContact': `POST ${INSTITUTION}/contacts`,
  'InstitutionPartsPages.removeAgreement': `DELETE ${INSTITUTION}/agreements/{agreement}`,
  'InstitutionPartsPages.removeContact': `DELETE ${INSTITUTION}/contacts/{contact}`,
  'InstitutionPartsPages.saveAgreement': `PUT ${INSTITUTION}/agreements/{agreement}`,
  'InstitutionsPages.add': 'POST /api/v1/institutions',
  'InstitutionsPages.save': `PATCH ${INSTITUTION}`,
  'VisitsPages.readLetter': 'POST /api/v1/visits/letter-readings',
  'VisitsPages.create': 'POST /api/v1/visits',
  'VisitsPages.save': `PATCH ${VISIT}`,
  'VisitCardPages.decide': `PUT ${VISIT}/decision`,
  'VisitCardPages.step': `POST ${VISIT}/steps`,
  'VisitCardPages.override': `POST ${VISIT}/readiness/overrides`,
  'VisitCardPages.restore': `POST ${VISIT}/readiness/restorations`,
  'VisitCardPages.name': `POST ${VISIT}/named`,
  'VisitCardPages.unname': `DELETE ${VISIT}/named/{account}`,
  'VisitCardPages.enter': `POST ${VISIT}/papers`,
  'VisitCardPages.removePaper': `DELETE ${VISIT}/papers/{paper}`,
  'DelegationPages.add': `POST ${VISIT}/members`,
  'DelegationPages.addKnown': `POST ${VISIT}/members`,
  'DelegationPages.save': `PATCH ${VISIT}/members/{member}`,
  'DelegationPages.move': `PUT ${VISIT}/members/{member}/place`,
  'DelegationPages.remove': `DELETE ${VISIT}/members/{member}`,
  'DelegationPages.verify': `POST ${VISIT}/members/{member}/verification`,
  'DelegationPages.read': `POST ${VISIT}/members/{member}/needs/readings`,
  'DelegationPages.saveNeeds': `PATCH ${VISIT}/members/{member}/needs`,
  'DocumentTemplatesPages.choose': 'PUT /api/v1/document-templates/{kind}/{locale}/choice',
  'DocumentTemplatesPages.upload': 'POST /api/v1/document-templates/{kind}/{locale}/versions',
  'LogisticsPages.addLeg': `POST ${VISIT}/legs`,
  'LogisticsPages.saveLeg': `PUT ${VISIT}/legs/{leg}`,
  'LogisticsPages.markLeg': `PUT ${VISIT}/legs/{leg}/status`,
  'LogisticsPages.removeLeg': `DELETE ${VISIT}/legs/{leg}`,
  'LogisticsPages.saveLodging': `PUT ${VISIT}/lodgings/{member}`,
  'LogisticsPages.removeLodging': `DELETE ${VISIT}/lodgings/{member}`,
  'GiftsPages.add': `POST ${VISIT}/gifts`,
  'GiftsPages.save': `PUT ${VISIT}/gifts/{gift}`,
  'GiftsPages.remove': `DELETE ${VISIT}/gifts/{gift}`,
  'CarsPages.add': 'POST /api/v1/cars',
  'CarsPages.save': 'PUT /api/v1/cars/{car}',
  'SeatingPages.propose': `PUT ${VISIT}/seating/{session}`,
  'SeatingPages.swap': `POST ${VISIT}/seating/{session}/swaps`,
  'VisitFeedsPages.close': `DELETE ${VISIT}/feeds/{feed}`,
  'VisitFeedsPages.open': `POST ${VISIT}/feeds`,
  'VisitFeedsPages.renew': `POST ${VISIT}/feeds/{feed}/rotation`,
  'StayPages.add': `POST ${VISIT}/programme/sessions`,
  'StayPages.save': `PUT ${VISIT}/programme/sessions/{session}`,
  'StayPages.cancel': `POST ${VISIT}/programme/sessions/{session}/cancellation`,
  'StayPages.reinstate': `POST ${VISIT}/programme/sessions/{session}/reinstatement`,
  'StayPages.remove': `DELETE ${VISIT}/programme/sessions/{session}`,
  'StayPages.assign': `POST ${VISIT}/programme/sessions/{session}/participants`,
  'StayPages.unassign': `DELETE ${VISIT}/programme/sessions/{session}/participants/{assignment}`,
  'StayPages.lead': `PUT ${VISIT}/programme/sessions/{session}/participants/{assignment}/lead`,
  'StayPages.preview': `POST ${VISIT}/programme/shift-previews`,
  'StayPages.carryOut': `POST ${VISIT}/programme/shifts`,
  'StayPages.accept': `POST ${VISIT}/programme/accepted-conflicts`,
  'AttendedPages.choose': `PUT ${VISIT}/programme/attended/{session}`,
  'AttendedPages.giveUp': `DELETE ${VISIT}/programme/attended/{session}`,
  'StayReleasesPages.send': `POST ${VISIT}/programme/releases`,
  'BriefingPages.save': `PUT ${VISIT}/briefing`,
  'CostsPages.add': `POST ${VISIT}/costs`,
  'CostsPages.save': `PUT ${VISIT}/costs/{cost}`,
  'CostsPages.remove': `DELETE ${VISIT}/costs/{cost}`,
  'SheetMailsPages.send': `POST ${VISIT}/programme/changes/{sheet}/mails/sendings`,
  'SheetMailsPages.discard': `POST ${VISIT}/programme/changes/{sheet}/mails/discards`,
  'StayReleasesPages.agree': `PUT ${VISIT}/programme/releases/{number}/agreement`,
  'DelegationListsPages.add': `POST ${VISIT}/members/lists`,
  'DelegationListsPages.choose': `PATCH ${VISIT}/members/lists/{list}`,
  'DelegationListsPages.commit': `POST ${VISIT}/members/lists/{list}/commit`,
  'DelegationLinkPages.make': `POST ${VISIT}/members/link`,
  'DelegationLinkPages.send': `POST ${VISIT}/members/link/letters`,
  'DelegationLinkPages.revoke': `DELETE ${VISIT}/members/link`,
  'DelegationLinkPages.take': `POST ${VISIT}/members/proposals/{proposal}/acceptance`,
  'DelegationLinkPages.refuse': `POST ${VISIT}/members/proposals/{proposal}/refusal`,
  'VisitDocumentsPages.issue': `POST ${VISIT}/documents/{kind}/issue`,
  'DayPages.tick': `PUT ${VISIT}/ticks`,
  'DayPages.note': `POST ${VISIT}/incidents`,
  'DayPages.removeIncident': `DELETE ${VISIT}/incidents/{incident}`,
  'ReportPages.save': `PUT ${VISIT}/report`,
  'CommitmentsPages.make': `POST ${VISIT}/commitments`,
  'CommitmentsPages.save': `PUT ${VISIT}/commitments/{id}`,
  'CommitmentsPages.settle': `POST ${VISIT}/commitments/{id}/settling`,
  'InboxPages.done': 'POST /api/v1/inbox/{mail}/done',
  'InboxPages.link': 'POST /api/v1/inbox/{mail}/links',
  'InboxPages.reply': 'POST /api/v1/inbox/{mail}/replies',
  'InboxPages.reopen': 'POST /api/v1/inbox/{mail}/reopening',
  'InvitationCardPages.answer': `POST ${INV}/answers`,
  'InvitationCardPages.edit': `PATCH ${INV}`,
  'InvitationCardPages.send': `POST ${INV}/sending`,
  'InvitationCardPages.withdraw': `POST ${INV}/withdrawal`,
  'InvitationsPages.add': `POST ${CONF}/invitations`,
  'InvitationsPages.remind': `POST ${CONF}/invitations/reminders`,
  'InvitationsPages.send': `POST ${CONF}/invitations/sending`,
  'InterpretersPages.remove': 'DELETE /api/v1/people/{id}/interpreter-profile',
  'InterpretersPages.save': [
    'POST /api/v1/people/{id}/interpreter-profile',
    'PUT /api/v1/people/{id}/interpreter-profile',
  ],
  'LimitsPages.save': `PUT ${CONF}/conflict-limits`,
  'ListImportsPages.add': `POST ${CONF}/registration-imports`,
  'ListImportsPages.choose': `PATCH ${CONF}/registration-imports/{id}`,
  'ListImportsPages.commit': `POST ${CONF}/registration-imports/{id}/commit`,
  'ListImportsPages.undo': `POST ${CONF}/registration-imports/{id}/undo`,
  'MailingRecipientsPages.resend': `POST ${CONF}/mailings/{mailing}/resending`,
  'MailingsPages.leaveOut': `PUT ${CONF}/mailings/{mailing}/left-out`,
  'MailingsPages.queue': `POST ${CONF}/mailings/{mailing}/queue`,
  'MailingsPages.remove': `DELETE ${CONF}/mailings/{mailing}`,
  'MailingsPages.save': `PUT ${CONF}/mailings/{mailing}`,
  'MailingsPages.write': `POST ${CONF}/mailings`,
  'MovePages.move': `POST ${SESSION}/moves`,
  'OutboxPages.discard': `POST ${CONF}/mails/discards`,
  'OutboxPages.discardOne': `POST ${CONF}/mails/{mail}/discard`,
  'OutboxPages.retry': `POST ${CONF}/mails/{mail}/retries`,
  'OutboxPages.send': `POST ${CONF}/mails/sendings`,
  'PeoplePages.add': 'POST /api/v1/people',
  'PeoplePages.save': 'PATCH /api/v1/people/{id}',
  'ProposalPages.accept': `POST ${CONF}/proposal/acceptance`,
  'ProposalPages.cancel': `POST ${CONF}/proposal/cancellation`,
  'ProposalPages.forget': `DELETE ${CONF}/proposal`,
  'ProposalPages.start': `POST ${CONF}/proposal`,
  'QuotaCardPages.edit': `PATCH ${QUOTA}`,
  'QuotaCardPages.send': `POST ${QUOTA}/sending`,
  'QuotaCardPages.withdraw': `POST ${QUOTA}/withdrawal`,
  'QuotasPages.add': `POST ${CONF}/quotas`,
  'QuotasPages.remind': `POST ${CONF}/quotas/reminders`,
  'QuotasPages.send': `POST ${CONF}/quotas/sending`,
  'RegistrationCardPages.cancel': `POST ${REG}/cancellation`,
  'RegistrationCardPages.decide': [`POST ${REG}/approval`, `POST ${REG}/refusal`],
  'RegistrationCardPages.note': `PATCH ${REG}`,
  'RegistrationCardPages.participation': `POST ${REG}/participation`,
  'RegistrationSettingsPages.save': `PATCH ${CONF}/registration-settings`,
  'RegistrationsPages.add': `POST ${CONF}/registrations`,
  'RegistrationsPages.decide': `POST ${CONF}/registrations/decisions`,
  'ReleasesPages.override': `POST ${CONF}/findings/overrides`,
  'ReleasesPages.publish': [`POST ${CONF}/releases`, `GET ${CONF}/releases/next`],
  'ReleasesPages.withdraw': `DELETE ${CONF}/findings/overrides/{key}`,
  'RestorePages.restoreKept': `POST ${CONF}/kept-drafts/{kept}/restorations`,
  'RestorePages.restoreRelease': `POST ${CONF}/releases/{number}/restorations`,
  'RosterProposalPages.accept': [`POST ${CONF}/interpreters/assignments`, `GET ${CONF}/interpreters/proposal`],
  'RepliesPages.count': `POST ${REPLY}/counting`,
  'RepliesPages.move': `POST ${REPLY}/move`,
  'RepliesPages.prepare': `POST ${REPLY}/substitute`,
  'RepliesPages.refuse': `POST ${REPLY}/refusal`,
  'RepliesPages.setAside': `POST ${REPLY}/setting-aside`,
  'ResumedMailPages.resume': 'POST /api/v1/people/{id}/resumed-mail',
  'SeriesPages.create': 'POST /api/v1/series',
  'SeriesPages.save': 'PATCH /api/v1/series/{id}',
  'SessionPartsPages.addTalk': `POST ${SESSION}/talks`,
  'SessionPartsPages.answer': `PATCH ${SESSION}/assignments/{assignment}`,
  'SessionPartsPages.assign': `POST ${SESSION}/assignments`,
  'SessionPartsPages.orderTalk': `POST ${SESSION}/talks/{talk}/order`,
  'SessionPartsPages.removeTalk': `DELETE ${SESSION}/talks/{talk}`,
  'SessionPartsPages.saveTalk': `PATCH ${SESSION}/talks/{talk}`,
  'SessionPartsPages.seat': `PATCH ${SESSION}/assignments/{assignment}`,
  'SessionPartsPages.unassign': `DELETE ${SESSION}/assignments/{assignment}`,
  'SessionsPages.add': `POST ${CONF}/sessions`,
  'SessionsPages.cancel': `POST ${SESSION}/cancellation`,
  'SessionsPages.reinstate': `POST ${SESSION}/reinstatement`,
  'SessionsPages.remove': `DELETE ${SESSION}`,
  'SessionsPages.save': `PATCH ${SESSION}`,
  'SeveralPages.copyDay': `POST ${CONF}/board/operations`,
  'SeveralPages.shift': `POST ${CONF}/board/operations`,
  'SeveralPages.swap': `POST ${CONF}/board/operations`,
  'StaffTablePages.adopt': `POST ${TABLE}/resolution/adoption`,
  'StaffTablePages.ask': `POST ${TABLE}/floor`,
  'StaffTablePages.draft': `POST ${TABLE}/resolution/versions`,
  'StaffTablePages.give': `POST ${TABLE}/floor/requests/{request}/turn`,
  'StaffTablePages.leave': `DELETE ${TABLE}/floor/{person}`,
  'StaffTablePages.limit': `PUT ${TABLE}/floor/limit`,
  'StaffTablePages.next': `POST ${TABLE}/floor/next`,
  'StaffTablePages.settle': `POST ${TABLE}/resolution/comments/{comment}/settlement`,
  'StaffTablePages.sign': `POST ${TABLE}/resolution/adopters`,
  'StrandsPages.add': `POST ${CONF}/strands`,
  'StrandsPages.remove': `DELETE ${CONF}/strands/{id}`,
  'StrandsPages.save': `PATCH ${CONF}/strands/{id}`,
  'TeamPages.invite': `POST ${CONF}/team`,
  'TeamPages.inviteAgain': `POST ${CONF}/team/{account}/invitation`,
  'TeamPages.revoke': `POST ${CONF}/team/{account}/revocations`,
  'EntryRulesPages.add': 'POST /api/v1/visa-rules',
  'EntryRulesPages.propose': 'POST /api/v1/visa-rules/proposal',
  'EntryRulesPages.remove': 'DELETE /api/v1/visa-rules/{rule}',
  'EntryRulesPages.save': 'PUT /api/v1/visa-rules/{rule}',
  'VisaDeskPages.conclude': `POST ${VISA}/outcome`,
  'VisaDeskPages.correct': `PATCH ${VISA}`,
  'VisaDeskPages.decide': `POST ${VISA}/decision`,
  'VisaDeskPages.draft': `POST ${VISA}/letters`,
  'VisaDeskPages.reveal': `POST ${VISA}/reveals`,
  'VisaDeskPages.saveSettings': `PATCH ${CONF}/visa-settings`,
  'VisaDeskPages.send': `POST ${VISA}/sending`,
  'VisaDeskPages.sign': `POST ${VISA}/signature`,
  'PurgePages.place': 'POST /api/v1/legal-holds',
  'PurgePages.lift': 'DELETE /api/v1/legal-holds/{hold}',
  'HouseVisaSettingsPages.save': 'PATCH /api/v1/visa-settings',
  'VisitVisasPages.begin': `POST ${VISAS}`,
  'VisitVisasPages.beginAll': `POST ${VISIT}/visas`,
  'VisitVisasPages.conclude': `POST ${VISAS}/outcome`,
  'VisitVisasPages.correct': `PATCH ${VISAS}`,
  'VisitVisasPages.decide': `POST ${VISAS}/decision`,
  'VisitVisasPages.draft': `POST ${VISAS}/letters`,
  'VisitVisasPages.give': `PUT ${VISAS}/details`,
  'VisitVisasPages.reveal': `POST ${VISAS}/reveals`,
  'VisitVisasPages.send': `POST ${VISAS}/sending`,
  'VisitVisasPages.sign': `POST ${VISAS}/signature`,
  'VenuesPages.addRoom': 'POST /api/v1/rooms',
  'VenuesPages.addVenue': 'POST /api/v1/venues',
  'VenuesPages.moveRoom': 'POST /api/v1/rooms/{id}/order',
  'VenuesPages.saveRoom': 'PATCH /api/v1/rooms/{id}',
  'VenuesPages.saveVenue': 'PATCH /api/v1/venues/{id}',
  'WavePeoplePages.add': `POST ${WAVE}/people`,
  'WavePeoplePages.addList': `POST ${WAVE}/listed-people`,
  'WavePeoplePages.read': `POST ${WAVE}/list`,
  'WaveSendingPages.pause': `POST ${WAVE}/pause`,
  'WaveSendingPages.queue': `POST ${WAVE}/sending`,
  'WaveSendingPages.resume': `POST ${WAVE}/resumption`,
  'WaveSendingPages.stop': `POST ${WAVE}/stop`,
  'WaveSendingPages.withdraw': `POST ${WAVE}/withdrawal`,
  'WavesPages.add': `POST ${CONF}/invitation-waves`,
  'WavesPages.mute': `PUT ${WAVE}/people/{person}/muted`,
  'WavesPages.order': `PUT ${WAVE}/places`,
  'WavesPages.remind': `PATCH ${WAVE}/reminders`,
  'WavesPages.remove': `DELETE ${WAVE}`,
  'WavesPages.save': `PUT ${WAVE}`,
  'WavesPages.takeOut': `DELETE ${WAVE}/people/{person}`,
  'WavesPages.write': `PUT ${WAVE}/letter`,
};

/** What stays with people, and why. */
const ONLY_PAGES: Readonly<Record<string, string>> = {
  'VisitVisasPages.fillIn': 'reads the two bottom lines into the form and saves nothing',
  'MailingsPages.keep': 'a text that people begin the next mailing with; programs keep their own',
  'MailingsPages.test': 'a letter to the mailbox of whoever looks at it; a program has none',
  'WavesPages.keep': 'a text that people begin the next wave with; programs keep their own',
  'WavesPages.test': 'a letter to the mailbox of whoever looks at it; a program has none',
  'RegistrationExportPages.withReason': 'a spreadsheet to take away, with its reason; programs read the list',
};

let world: TestApp;
beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

const nameOf = ({ controller, handler }: RoutePolicy) => `${controller}.${handler}`;
const LISTED = [...Object.keys(SAME), ...Object.keys(ONLY_PAGES)];
/** A new form on one of these pages fails until it is listed; a new part of the house decides for itself. */
const PAGES = new Set(LISTED.map((name) => name.split('.')[0]));

describe('every change on the pages of the programme, of people and of mails', () => {
  it('has its operation in the API, or a reason why not', () => {
    const changes = world
      .get(PolicyCheck)
      .routes()
      .filter(({ methods, controller }) => methods === 'POST' && PAGES.has(controller));
    expect(changes.map(nameOf).toSorted()).toEqual(LISTED.toSorted());
  });

  it('is described in the OpenAPI document under the name that this list gives it', async () => {
    const { paths } = await world.get(OpenApi).document();
    const known = new Set(
      Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    expect(known.size).toBeGreaterThan(80);
    const missing = Object.values(SAME)
      .flat()
      .filter((operation) => !known.has(operation));
    expect(missing).toEqual([]);
  });

  it('asks for the same right on both ways [A1] [A2]', () => {
    const routes = world.get(PolicyCheck).routes();
    const shown = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');
    const ofOperation = new Map<string, Policy>(
      routes.flatMap(({ methods, paths, policy }) =>
        paths.map((path) => [`${methods} ${shown(path)}`, policy] as const),
      ),
    );
    const ofForm = new Map(
      routes.filter(({ methods }) => methods === 'POST').map((route) => [nameOf(route), route.policy]),
    );
    const pairs = Object.entries(SAME).flatMap(([form, same]) =>
      [same].flat().map((operation) => [form, operation] as const),
    );
    expect(pairs.map(([form, operation]) => [form, operation, ofOperation.get(operation)])).toEqual(
      pairs.map(([form, operation]) => [form, operation, ofForm.get(form)]),
    );
  });
});

import { Module } from '@nestjs/common';
import { PeopleModule } from '../../people/index.js';
import { VisaModule } from '../../registration/index.js';
import { VisitsModule } from '../visits.module.js';
import { GuestVisaPages } from './guest-visa.pages.js';
import { MemberStays } from './member-stays.js';
import { MemberVisaRequests } from './member-visa-requests.service.js';
import { VisitVisasApi } from './visit-visas.api.js';
import { VisitVisasPage } from './visit-visas-page.js';
import { VisitVisasPages } from './visit-visas.pages.js';

/** Visas of delegations: their members as stays of visa support, the room of the visit, and the guest side. */
@Module({
  imports: [PeopleModule, VisaModule, VisitsModule],
  controllers: [GuestVisaPages, VisitVisasPages, VisitVisasApi],
  providers: [MemberStays, MemberVisaRequests, VisitVisasPage],
  exports: [MemberVisaRequests],
})
export class VisitVisasModule {}

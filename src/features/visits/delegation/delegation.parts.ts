import { VisitComposition, VisitProposal } from './composition.entity.js';
import { DelegationDoor } from './delegation-door.js';
import { DelegationGuestPage } from './delegation-guest-page.js';
import { DelegationGuestPages } from './delegation-guest.pages.js';
import { DelegationLinkApi } from './delegation-link.api.js';
import { VisitLink } from './delegation-link.entity.js';
import { DelegationLinkPages } from './delegation-link.pages.js';
import { DelegationLinks } from './delegation-links.service.js';
import { DelegationPage } from './delegation-page.js';
import { DelegationApi } from './delegation.api.js';
import { VisitList } from './delegation-list.entity.js';
import { DelegationListsApi } from './delegation-lists.api.js';
import { DelegationListsPages } from './delegation-lists.pages.js';
import { DelegationLists } from './delegation-lists.service.js';
import { DelegationMails } from './delegation.mails.js';
import { DelegationPages } from './delegation.pages.js';
import { GuestMembers } from './guest-members.service.js';
import { VisitMember } from './member.entity.js';
import { MemberConsent } from './member-consent.entity.js';
import { MemberConsentPages } from './member-consent.pages.js';
import { MemberConsents } from './member-consents.service.js';
import { MemberNeeds } from './member-needs.service.js';
import { Delegations } from './members.service.js';
import { Proposals } from './proposals.service.js';

/** What the module of visits is told of delegations. */
export const DELEGATION_ROWS = [VisitMember, VisitLink, VisitComposition, VisitProposal, VisitList, MemberConsent];
export const DELEGATION_CONTROLLERS = [
  DelegationLinkPages,
  DelegationListsPages,
  DelegationPages,
  DelegationLinkApi,
  DelegationListsApi,
  DelegationApi,
  DelegationGuestPages,
  MemberConsentPages,
];
export const DELEGATION_SERVICES = [
  Delegations,
  MemberNeeds,
  MemberConsents,
  DelegationPage,
  DelegationLinks,
  DelegationDoor,
  DelegationMails,
  DelegationLists,
  GuestMembers,
  Proposals,
  DelegationGuestPage,
];

import {
  Agreements,
  InstitutionContacts,
  Institutions,
  type Institution,
} from '../../src/features/cooperation/index.js';
import { QuotaRounds, Quotas, type Quota } from '../../src/features/invitations/index.js';
import { People, type Person } from '../../src/features/people/index.js';
import type { TestApp } from './app.js';

type World = Pick<TestApp, 'get' | 'clock'>;

let serial = 0;

/** An institution with an agreement in force and a focal point; without an address, or without anybody, when told. */
export async function partner(
  { get, clock }: World,
  name: string,
  focal: 'reachable' | 'no address' | 'nobody' = 'reachable',
): Promise<{ institution: Institution; focalPoint: Person | null }> {
  const fields = { kind: 'library' as const, country: 'KZ', city: 'Almaty', originalName: null, website: null };
  const institution = await get(Institutions).add({ ...fields, name: { en: name, ru: name } });
  const today = clock.now().toISOString().slice(0, 10);
  await get(Agreements).add(institution.id, {
    reference: `Agreement with ${name}`,
    validFrom: today,
    validUntil: null,
  });
  if (focal === 'nobody') return { institution, focalPoint: null };
  const email = focal === 'reachable' ? `focal-${++serial}@example.org` : null;
  const focalPoint = await get(People).create({ given: 'Focal', family: name, email, locale: 'en' });
  await get(InstitutionContacts).name(institution.id, focalPoint.id, 'focal_point');
  return { institution, focalPoint };
}

/** A quota whose letter was sent. */
export async function sentQuota(
  world: World & Pick<TestApp, 'clock'>,
  conferenceId: string,
  institutionId: string,
  changes: Partial<{ places: number; days: number; consentDays: number }> = {},
): Promise<Quota> {
  const { places = 3, days = 30, consentDays = 14 } = changes;
  const deadline = new Date(world.clock.now().getTime() + days * 86_400_000);
  const order = { places, deadline, consentDays, category: 'invited_guest' as const, message: { en: 'Come!' } };
  const quotas = world.get(Quotas);
  const [draft] = await quotas.create({
    ...order,
    conferenceId,
    institutionIds: [institutionId],
    partnersOnly: true,
  });
  return quotas.send(draft!);
}

/** Sends whatever drafts there are. */
export async function sendQuotas({ get }: World, conferenceId: string): Promise<void> {
  const ready = await get(QuotaRounds).readyDrafts(conferenceId);
  await get(QuotaRounds).sendDrafts(conferenceId, ready.size);
}

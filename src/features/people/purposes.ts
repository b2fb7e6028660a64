/** Groups of fields that share access and term (docs: field groups A to I). */
export const FIELD_GROUPS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** The boxes that a person may tick, in the order in which forms show them. Only `registration` is needed to go on. */
export const CONSENT_PURPOSES = ['registration', 'special', 'visa', 'transfer', 'listing', 'photo', 'future'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Grounds as message keys: `privacy.ground.<code>`. */
export const GROUNDS = [
  'consent',
  'explicitConsent',
  'contract',
  'legalDuty',
  'signedDocument',
  'employment',
  'publicTask',
  'legitimateInterest',
] as const;
export type Ground = (typeof GROUNDS)[number];

export const RECIPIENTS = [
  'organizers',
  'protocol',
  'catering',
  'hosts',
  'public',
  'photographer',
  'authorities',
  'hosting',
] as const;
export type Recipient = (typeof RECIPIENTS)[number];

export interface Purpose {
  /** Names its texts: `privacy.purpose.<code>.{title,text,end}`, for consents also `.consent` (the words beside the box). */
  readonly code: string;
  readonly ground: { readonly by: Ground; readonly gdpr: Ground };
  readonly groups: readonly FieldGroup[];
  readonly recipients: readonly Recipient[];
  /** ISO 3166-1 codes of countries to which data go; empty: they stay in the country. */
  readonly countries: readonly string[];
  /** Names the term: `privacy.term.<term>`. */
  readonly term: string;
  /** Version of the texts; a new one asks again only where the meaning changed. */
  readonly textVersion: number;
  /** A lawyer has approved this version. Until then the page says so. */
  readonly approved: boolean;
}

/**
 * The register of purposes, shown under /{l}/privacy. Every personal column belongs to a field group, and every group to
 * at least one purpose here.
 */
export const PURPOSES: readonly Purpose[] = [
  purpose('registration', { by: 'consent', gdpr: 'consent' }, ['A', 'B', 'H'], ['organizers', 'hosting'], 'identity'),
  purpose('special', { by: 'consent', gdpr: 'explicitConsent' }, ['D'], ['organizers', 'catering'], 'special'),
  purpose('visa', { by: 'consent', gdpr: 'consent' }, ['C'], ['protocol', 'authorities'], 'visa'),
  purpose('transfer', { by: 'consent', gdpr: 'consent' }, ['A', 'B'], ['hosts'], 'identity'),
  purpose('listing', { by: 'consent', gdpr: 'consent' }, ['A', 'B'], ['public'], 'participation'),
  purpose('photo', { by: 'consent', gdpr: 'consent' }, ['B'], ['photographer', 'public'], 'participation'),
  purpose('future', { by: 'consent', gdpr: 'consent' }, ['A'], ['organizers'], 'future'),
  purpose(
    'invitation',
    { by: 'signedDocument', gdpr: 'legitimateInterest' },
    ['A', 'B', 'F'],
    ['organizers', 'protocol'],
    'identity',
  ),
  purpose('travel', { by: 'contract', gdpr: 'contract' }, ['E'], ['protocol', 'authorities'], 'travel'),
  purpose('archive', { by: 'legalDuty', gdpr: 'publicTask' }, ['B'], ['organizers'], 'participation'),
  purpose('staff', { by: 'employment', gdpr: 'contract' }, ['A', 'G'], ['hosting'], 'staff'),
  purpose('security', { by: 'legalDuty', gdpr: 'legitimateInterest' }, ['G', 'I'], ['authorities', 'hosting'], 'audit'),
];

function purpose(
  code: string,
  ground: Purpose['ground'],
  groups: readonly FieldGroup[],
  recipients: readonly Recipient[],
  term: string,
): Purpose {
  return { code, ground, groups, recipients, countries: [], term, textVersion: 1, approved: false };
}

/** Is the code one of the boxes that a person ticks? */
export function isConsentPurpose(code: string): code is ConsentPurpose {
  return (CONSENT_PURPOSES as readonly string[]).includes(code);
}

/** The version of the text that is asked about now. Throws for a code that is not in the register. */
export function textVersionOf(code: ConsentPurpose): number {
  const found = PURPOSES.find((entry) => entry.code === code);
  if (!found) throw new Error(`no purpose ${code}`);
  return found.textVersion;
}

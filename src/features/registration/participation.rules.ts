/** In which capacity somebody takes part, and what that brings with it. */
export const CATEGORIES = [
  'speaker',
  'listener',
  'student',
  'invited_guest',
  'delegation_member',
  'organizer',
  'chair',
  'exhibitor',
  'media',
  'accompanying',
  'interpreter',
  'staff',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** How somebody takes part. */
export const FORMS = ['in_person', 'online', 'recorded', 'poster', 'publication'] as const;
export type Form = (typeof FORMS)[number];

interface CategoryTraits {
  /** Asked for a title and an abstract. */
  readonly paper: boolean;
  /** In a new conference, offered on the public page. */
  readonly usual: boolean;
}

interface FormTraits {
  /** Sits in the hall, so counts against the capacity. */
  readonly seat: boolean;
  /** Comes to the house: diet and access needs are asked. */
  readonly needs: boolean;
  /** Comes into the country: may need a visa. */
  readonly travels: boolean;
  /** Listens live: chooses sessions. */
  readonly sessions: boolean;
  /** A paper belongs to it whatever the category. */
  readonly paper: boolean;
  readonly usual: boolean;
}

const CATEGORY_TRAITS: Readonly<Record<Category, CategoryTraits>> = {
  speaker: { paper: true, usual: true },
  listener: { paper: false, usual: true },
  student: { paper: false, usual: true },
  invited_guest: { paper: false, usual: false },
  delegation_member: { paper: false, usual: false },
  organizer: { paper: false, usual: false },
  chair: { paper: false, usual: false },
  exhibitor: { paper: false, usual: true },
  media: { paper: false, usual: true },
  accompanying: { paper: false, usual: false },
  interpreter: { paper: false, usual: false },
  staff: { paper: false, usual: false },
};

const FORM_TRAITS: Readonly<Record<Form, FormTraits>> = {
  in_person: { seat: true, needs: true, travels: true, sessions: true, paper: false, usual: true },
  online: { seat: false, needs: false, travels: false, sessions: true, paper: false, usual: true },
  recorded: { seat: false, needs: false, travels: false, sessions: false, paper: true, usual: false },
  poster: { seat: true, needs: true, travels: true, sessions: true, paper: true, usual: false },
  publication: { seat: false, needs: false, travels: false, sessions: false, paper: true, usual: false },
};

export const USUAL_CATEGORIES: readonly Category[] = CATEGORIES.filter((category) => CATEGORY_TRAITS[category].usual);
export const USUAL_FORMS: readonly Form[] = FORMS.filter((form) => FORM_TRAITS[form].usual);

export function takesSeat(form: Form): boolean {
  return FORM_TRAITS[form].seat;
}

export function asksNeeds(form: Form): boolean {
  return FORM_TRAITS[form].needs;
}

/** Does this form bring people into the country? */
export function comesInPerson(form: Form): boolean {
  return FORM_TRAITS[form].travels;
}

export function choosesSessions(form: Form): boolean {
  return FORM_TRAITS[form].sessions;
}

/** Is a title and an abstract asked of this person? */
export function asksPaper(category: Category, form: Form): boolean {
  return CATEGORY_TRAITS[category].paper || FORM_TRAITS[form].paper;
}

/** The scope of the public calendar in PublishedAnswers; a conference's own scope is its id. */
export const HOME = 'home';

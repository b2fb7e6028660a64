// Who may import whom. Each rule says in its comment why it exists; docs/architecture.md tells the whole story, and
// test/architecture holds a violation of each rule to prove that it bites.

/** Lowest first: a feature may use those before it. The order of docs/model.md, "Who owns whom". */
export const FEATURES = [
  'accounts',
  'people',
  'venues',
  'programme',
  'conferences',
  'round-tables',
  'cooperation',
  'documents',
  'registration',
  'proposals',
  'mailings',
  'visits',
  'invitations',
  'inbox',
  'feeds',
  'desk',
];

const only = (name, owner, packages, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/platform/${owner}/` },
  to: { path: `(^|/)node_modules/(${packages})/` },
});

export default {
  forbidden: [
    {
      name: 'kernel-is-pure',
      comment:
        'The kernel is what every other file may lean on. Without a clock, a disk or a library it can be understood, tested and trusted alone.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rule is a function of its arguments. What it would fetch, somebody must hand over; so its tests need no database and cover every combination.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: { pathNot: '(\\.rules\\.ts$|^src/kernel/)' },
    },
    {
      name: 'platform-knows-no-feature',
      comment:
        'The platform would still be there if the library hosted something else. Knowing one feature, it could not be changed without all.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|demo)/' },
    },
    {
      name: 'features-meet-at-the-front-door',
      comment:
        'index.ts says what a feature offers. Whoever goes around it ties itself to what its owner believes to be free to change.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/', pathNot: '^src/features/($1/|[^/]+/index\\.ts$)' },
    },
    ...FEATURES.slice(0, -1).map((feature, place) => ({
      name: 'features-look-down',
      comment: 'One order, so that nothing runs in circles: what must be said upwards travels as a journal entry.',
      severity: 'error',
      from: { path: `^src/features/${feature}/` },
      to: { path: `^src/features/(${FEATURES.slice(place + 1).join('|')})/` },
    })),
    {
      name: 'no-cycles',
      comment:
        'Files in a circle are one file that is hard to read. Entities that point to each other are the exception: TypeORM needs both ends.',
      severity: 'error',
      from: {},
      to: { circular: true, via: { pathNot: '\\.entity\\.ts$' } },
    },
    {
      name: 'controllers-use-services',
      comment:
        'Page and API do the same thing the same way only when both ask the same service. A controller with a query of its own is a second truth.',
      severity: 'error',
      from: { path: '\\.(pages|api)\\.ts$' },
      to: { path: '(^src/platform/database/|(^|/)node_modules/(typeorm|@nestjs/typeorm)/)' },
    },
    only(
      'only-calendar-touches-its-libraries',
      'calendar',
      'ical-generator|ical\\.js',
      '[CG1] The library has eighteen known defects; one module knows them and keeps away from them.',
    ),
    only(
      'only-documents-touch-easy-template-x',
      'documents',
      'easy-template-x|jszip',
      'What it is given was unpacked, limited and searched before; values reach it with their braces taken away.',
    ),
    only(
      'only-mail-touches-nodemailer',
      'mail',
      'nodemailer',
      'A mail that does not pass the outbox has no cause, no copy and no second attempt.',
    ),
    only(
      'only-the-database-touches-mysql2',
      'database',
      'mysql2',
      'What differs between the engines stands in one folder.',
    ),
    only(
      'only-the-web-core-touches-swagger',
      'web',
      '@nestjs/swagger',
      'It is loaded when somebody asks for the API document; one import anywhere else, and every start waits for it. openapi-notes.ts has its decorators.',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count as well: a type from above ties as much as a function.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};

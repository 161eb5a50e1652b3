import type { Sabotage } from './sabotage.ts'

const signIn = 'test/stories/sign-in.story.test.ts'
const walls = 'test/stories/row-level-security.story.test.ts'

/** Who gets in, and what they see once they are. */
export const peopleSabotages: readonly Sabotage[] = [
  {
    promise: 29,
    name: 'let everybody approve',
    edits: [
      {
        file: 'src/features/identity/permission.ts',
        find: "'expenditure.decide': { roles: ['approver'], scope: 'own' }",
        replace: "'expenditure.decide': { roles, scope: 'own' }",
      },
    ],
    test: 'test/stories/authorization.story.test.ts',
    pattern: 'expenditure.decide',
  },
  {
    promise: 29,
    name: 'delete one guard',
    edits: [
      {
        file: 'src/app.ts',
        find: "  api.addHook('onRequest', calls.guard)\n",
        replace: '',
      },
    ],
    test: 'test/stories/authorization.story.test.ts',
    pattern: 'is let through to every route',
  },
  {
    promise: 30,
    name: 'delete one policy',
    edits: [
      {
        file: 'migrations/0011_row_level_security.sql',
        find: 'exists (select from expenditure where expenditure.id = expenditure_request.expenditure)\n  )\n  with check',
        replace: 'true\n  )\n  with check',
      },
    ],
    test: walls,
    pattern: 'reads the requests',
  },
  {
    promise: 30,
    name: 'session-level set_config',
    edits: [
      {
        file: 'src/platform/db/transaction.ts',
        find: '::text[]::text, true)',
        replace: '::text[]::text, false)',
      },
    ],
    test: walls,
    pattern: 'leaves its reach behind',
  },
  {
    promise: 31,
    name: 'adopt the session that a browser brings along',
    edits: [
      {
        file: 'src/features/identity/sign-in.actions.ts',
        find: "  const session = randomBytes(32).toString('base64url')",
        replace: "  const session = brought ?? randomBytes(32).toString('base64url')",
      },
    ],
    test: signIn,
    pattern: 'is never the one a browser brought along',
  },
  {
    promise: 31,
    name: 'leave sessions to who was disabled',
    edits: [
      {
        file: 'src/features/identity/identity.actions.ts',
        find: '    await endSessionsOf(work, before.id)\n',
        replace: '',
      },
    ],
    test: signIn,
    pattern: 'ends when the person',
  },
  {
    promise: 32,
    name: 'skip the dummy hash',
    edits: [
      {
        file: 'src/features/identity/hashing.public.ts',
        find: '  const { parameters, salt, hash } = keptOf(kept ?? nobody)',
        replace:
          '  if (kept === null) {\n    return { isRight: false, isOutdated: false }\n  }\n  const { parameters, salt, hash } = keptOf(kept)',
      },
    ],
    test: signIn,
    pattern: 'hears the same words',
  },
  {
    promise: 32,
    name: 'hash for everybody at once',
    edits: [
      {
        file: 'src/features/identity/hashing.public.ts',
        find: 'const runningMax = 2',
        replace: 'const runningMax = 50',
      },
    ],
    test: signIn,
    pattern: 'is hashed for two at a time',
  },
  {
    promise: 34,
    name: 'take a change from any page',
    edits: [
      {
        file: 'src/features/identity/session.public.ts',
        find: "    requireOwnOrigin(request.headers)\n    requireCsrf(request.headers['x-csrf-token'], found.session)\n",
        replace: '',
      },
    ],
    test: 'test/stories/forgery.story.test.ts',
  },
]

import type { Sabotage } from './sabotage.ts'

const forms = 'test/stories/page-forms.story.test.ts'

/** What holds on every page. */
export const pageSabotages: readonly Sabotage[] = [
  {
    promise: 29,
    name: 'open every page to who is signed in',
    edits: [
      {
        file: 'src/features/identity/page-guard.public.ts',
        find: '        authorize(callOf(request), act)\n',
        replace: '        callOf(request)\n',
      },
    ],
    test: forms,
    pattern: 'is for whom it is for',
  },
  {
    promise: 34,
    name: 'take a form without the proof of its page',
    edits: [
      {
        file: 'src/features/identity/page-guard.public.ts',
        find: '      requireCsrf(csrf, sessionOf(request))\n',
        replace: '      Object(csrf ?? sessionOf(request))\n',
      },
    ],
    test: forms,
    pattern: 'does nothing',
  },
  {
    promise: 34,
    name: 'take a form of another origin',
    edits: [
      {
        file: 'src/features/identity/page-guard.public.ts',
        find: '        requireOwnOrigin(request.headers)\n',
        replace: '        Object(requireOwnOrigin)\n',
      },
    ],
    test: forms,
    pattern: 'does nothing',
  },
  {
    promise: 20,
    name: 'do a form as often as it is sent',
    edits: [
      {
        file: 'src/features/identity/page-forms.public.ts',
        find: 'sha256Of(url).slice(0, 16)',
        replace: 'sha256Of(url + process.hrtime()).slice(0, 16)',
      },
    ],
    test: forms,
    pattern: 'is done once',
  },
  {
    promise: 34,
    name: 'go on to wherever one is told to',
    edits: [
      {
        file: 'src/platform/http/page-address.ts',
        find: '  return languageOfPath(path) === null ? null : path\n',
        replace: '  return path === null ? null : text\n',
      },
    ],
    test: 'test/stories/page-sessions.story.test.ts',
    pattern: 'goes on to pages',
  },
]

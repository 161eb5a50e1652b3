import type { Sabotage } from './sabotage.ts'

const server = 'src/platform/http/server.ts'

/** What callers and strangers may do. */
export const edgeSabotages: readonly Sabotage[] = [
  {
    promise: 27,
    name: 'remove strict',
    edits: [
      {
        file: 'src/features/expenditures/expenditure-input.routes.ts',
        find: 'export const newExpenditure = z.strictObject(statement)',
        replace: 'export const newExpenditure = z.object(statement)',
      },
    ],
    test: 'test/stories/bad-requests.story.test.ts',
    pattern: 'with an unknown field',
  },
  {
    promise: 27,
    name: 'let half a character through',
    edits: [
      {
        file: 'src/platform/http/strict-json.ts',
        find: "  refuseIf(!meant.isWellFormed(), 'http/json-lone-surrogate', levels)\n",
        replace: '',
      },
    ],
    test: 'test/platform/http/strict-json.test.ts',
  },
  {
    promise: 28,
    name: 'requestTimeout 0',
    edits: [
      {
        file: server,
        find: '    requestTimeout: limit.requestMillisMax,\n    handlerTimeout',
        replace: '    requestTimeout: 0,\n    handlerTimeout',
      },
      {
        file: server,
        find: '      requestTimeout: limit.requestMillisMax,\n      connections',
        replace: '      requestTimeout: 0,\n      connections',
      },
    ],
    test: 'test/platform/http/server-sockets.test.ts',
    pattern: 'a body that does not end',
  },
  {
    promise: 31,
    name: 'keep tokens as they are',
    edits: [
      {
        file: 'src/features/identity/identity.public.ts',
        find: "createHash('sha256').update(secret, 'utf8').digest('hex')",
        replace: 'secret',
      },
    ],
    test: 'test/processes/secrets.test.ts',
    pattern: 'the database keeps none',
  },
  {
    promise: 35,
    name: 'log what somebody searched for',
    edits: [{ file: 'src/platform/log.ts', find: "url.split('?', 1)[0] ?? ''", replace: 'url' }],
    test: 'test/platform/log.test.ts',
  },
  {
    promise: 34,
    name: 'let others frame the answers',
    edits: [
      {
        file: 'src/platform/http/security-headers.ts',
        find: `  'form-action': ["'none'"],\n  'frame-ancestors': ["'none'"],\n`,
        replace: `  'form-action': ["'none'"],\n`,
      },
    ],
    test: 'test/stories/payloads.story.test.ts',
  },
]

import type { Sabotage } from './sabotage.ts'

const calls = 'src/features/identity/calls.public.ts'

/** What is written stays, whatever dies. */
export const durabilitySabotages: readonly Sabotage[] = [
  {
    promise: 1,
    name: 'acknowledge before COMMIT',
    edits: [
      {
        file: calls,
        find: 'return send(reply, await answerOnce(service, request, action))',
        replace: `const answer = await answerOnce(service, request, async (context) => {
        const given = await action(context)
        send(reply, rendered(given))
        return given
      })
      return reply.sent ? reply : send(reply, answer)`,
      },
    ],
    test: 'test/drivers/kills.test.ts',
    pattern: 'on a database that is named',
  },
  {
    promise: 2,
    name: 'remove the client error listener',
    edits: [
      {
        file: 'src/platform/db/strict-client.ts',
        find: "this.on('error', () => undefined)",
        replace: '',
      },
    ],
    test: 'test/drivers/outages.test.ts',
  },
  {
    promise: 2,
    name: 'take a lost connection for a bug',
    edits: [
      {
        file: 'src/platform/db/connect.ts',
        find: "const serverCodes = new Set(['57P01', '57P02', '57P03', '53300'])",
        replace: "const serverCodes = new Set(['57P03', '53300'])",
      },
    ],
    test: 'test/drivers/outages.test.ts',
  },
  {
    promise: 3,
    name: 'start with synchronous_commit off',
    edits: [
      {
        file: 'src/platform/db/self-check.ts',
        find: "['fsync', 'full_page_writes', 'synchronous_commit'].filter",
        replace: "['fsync', 'full_page_writes'].filter",
      },
    ],
    test: 'test/platform/db/self-check.test.ts',
  },
  {
    promise: 3,
    name: 'ask nothing at the start',
    edits: [
      {
        file: 'src/platform/service.ts',
        find: '      await checkDurability(ownerPool)\n',
        replace: '',
      },
    ],
    test: 'test/platform/service-durable.test.ts',
  },
  {
    promise: 7,
    name: 'take a full disk for a bug',
    edits: [
      {
        file: 'src/platform/http/problems.ts',
        find: '/^(?:53...|40001',
        replace: '/^(?:40001',
      },
    ],
    test: 'test/platform/http/problems.test.ts',
  },
]

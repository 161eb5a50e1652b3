import type { Sabotage } from './sabotage.ts'

const lifecycle = 'src/features/expenditures/lifecycle.ts'

/** What several people at once may do. */
export const ruleSabotages: readonly Sabotage[] = [
  {
    promise: 18,
    name: 'drop the row lock',
    edits: [
      {
        file: 'src/features/funding/funding.store.ts',
        find: "      .orderBy('envelope.code')\n      .forUpdate()",
        replace: "      .orderBy('envelope.code')",
      },
    ],
    test: 'test/races/headroom.race.test.ts',
  },
  {
    promise: 19,
    name: 'drop FOR SHARE',
    edits: [
      {
        file: 'migrations/0012_closing_and_queue.sql',
        find: `  order by period.organization, period.fiscal_year, period.number
  for share;

  select added.organization`,
        replace: `  order by period.organization, period.fiscal_year, period.number;

  select added.organization`,
      },
    ],
    test: 'test/races/closing.race.test.ts',
    pattern: 'whoever comes second',
  },
  {
    promise: 19,
    name: 'close over what waits',
    edits: [
      {
        file: 'src/features/periods/periods.actions.ts',
        find: 'unposted: await listUnposted(work, before.organization, lastServiceDay(before)),',
        replace: 'unposted: [],',
      },
    ],
    test: 'test/stories/periods.story.test.ts',
    pattern: 'is not closed: each of them is listed',
  },
  {
    promise: 20,
    name: 'check, then insert',
    edits: [
      {
        file: 'src/platform/http/idempotency.ts',
        find: '  const { numInsertedOrUpdatedRows } = await work\n',
        replace: `  const seen = await work
    .selectFrom('idempotency_key as seen')
    .select('seen.key')
    .where('seen.actor', '=', actor)
    .where('seen.key', '=', key)
    .executeTakeFirst()
  if (seen !== undefined) {
    const row = await work
      .selectFrom('idempotency_key as kept')
      .select(['kept.request_hash', 'kept.status', 'kept.etag', 'kept.answer'])
      .where('kept.actor', '=', actor)
      .where('kept.key', '=', key)
      .executeTakeFirstOrThrow()
    return storedAnswer(row, hash)
  }
  const { numInsertedOrUpdatedRows } = await work
`,
      },
      {
        file: 'src/platform/http/idempotency.ts',
        find: '    .onConflict((conflict) => conflict.doNothing())\n',
        replace: '',
      },
    ],
    test: 'test/races/keys.race.test.ts',
  },
  {
    promise: 21,
    name: 'ignore version',
    edits: [
      {
        file: 'src/platform/http/versions.ts',
        find: '  if (tag === undefined) {',
        replace: '  if (tag === undefined) {\n    return 1\n  }\n  if (tag === null) {',
      },
    ],
    test: 'test/stories/bad-requests.story.test.ts',
    pattern: 'is needed wherever a document is changed',
  },
  {
    promise: 22,
    name: 'check only the last editor',
    edits: [
      {
        file: lifecycle,
        find: '[preparedBy, changedBy, submittedBy].includes(actor)',
        replace: '[changedBy].includes(actor)',
      },
    ],
    test: 'test/stories/two-persons.story.test.ts',
    pattern: 'nobody approves',
  },
  {
    promise: 22,
    name: 'check only the last editor in the database',
    edits: [
      {
        file: 'migrations/0008_expenditures.sql',
        find: 'approved_by not in (prepared_by, changed_by, submitted_by)',
        replace: 'approved_by <> changed_by',
      },
    ],
    test: 'test/stories/two-persons.story.test.ts',
    pattern: 'the database itself',
  },
  {
    promise: 22,
    name: 'check only the last editor, in both places',
    edits: [
      {
        file: lifecycle,
        find: '[preparedBy, changedBy, submittedBy].includes(actor)',
        replace: '[changedBy].includes(actor)',
      },
      {
        file: 'migrations/0008_expenditures.sql',
        find: 'approved_by not in (prepared_by, changed_by, submitted_by)',
        replace: 'approved_by <> changed_by',
      },
    ],
    test: 'test/races/two-persons.race.test.ts',
  },
  {
    promise: 23,
    name: 'unsorted locks',
    edits: [
      {
        file: 'src/features/expenditures/decisions.actions.ts',
        find: 'items.map((item) => item.id).sort()',
        replace: 'items.map((item) => item.id)',
      },
    ],
    test: 'test/races/approvals.race.test.ts',
    pattern: 'in opposite orders',
  },
  {
    promise: 23,
    name: 'unsorted balances',
    edits: [
      {
        file: 'migrations/0020_as_of.sql',
        find: '  order by 3 nulls first, 6 nulls first, 1, 2, 4 nulls first, 5, 7 nulls first, 8 nulls first\n',
        replace: '  order by random()\n',
      },
      // Time for somebody else to come in between.
      {
        file: 'migrations/0020_as_of.sql',
        find: 'amount = balance.amount + excluded.amount,',
        replace: 'amount = balance.amount + excluded.amount + length(pg_sleep(0.003)::text),',
      },
    ],
    test: 'test/races/money.race.test.ts',
    pattern: 'in opposite orders',
  },
]

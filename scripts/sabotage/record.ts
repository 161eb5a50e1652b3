import type { Sabotage } from './sabotage.ts'

const lifecycle = 'src/features/expenditures/lifecycle.ts'

/** The record says what happened, to the cent, and cannot be rewritten unseen. */
export const recordSabotages: readonly Sabotage[] = [
  {
    promise: 9,
    name: 'GRANT UPDATE',
    edits: [
      {
        file: 'migrations/0001_foundations.sql',
        find: 'grant select, insert on %s to vigie_service',
        replace: 'grant select, insert, update on %s to vigie_service',
      },
    ],
    test: 'test/stories/record.story.test.ts',
    pattern: 'an append-only table',
  },
  {
    promise: 9,
    name: 'leave a table without guards',
    edits: [
      {
        file: 'migrations/0005_funding.sql',
        find: "call make_append_only('funding_opening');",
        replace: 'grant select, insert on funding_opening to vigie_service;',
      },
    ],
    test: 'test/stories/record.story.test.ts',
    pattern: 'an append-only table',
  },
  {
    promise: 10,
    name: 'leave a column out of the hash',
    edits: [
      {
        file: 'migrations/0002_events.sql',
        find: 'sealed.type, sealed.version::text, sealed.actor,',
        replace: 'sealed.type, sealed.version::text,',
      },
    ],
    test: 'test/stories/chain.story.test.ts',
  },
  {
    promise: 10,
    name: 'trust the database without its anchors',
    edits: [
      {
        file: 'src/features/audit/anchor-check.actions.ts',
        find: 'hashes.get(anchor.sequence) !== anchor.hash)',
        replace: 'anchor.sequence < 0)',
      },
    ],
    test: 'test/properties/tampering.property.test.ts',
    pattern: 'fresh chain',
  },
  {
    promise: 11,
    name: 'change the key order',
    edits: [{ file: 'src/core/canonical.ts', find: '.sort(compareUtf8)', replace: '.sort()' }],
    test: 'test/core/canonical.test.ts',
  },
  {
    promise: 12,
    name: 'change a document without an event',
    edits: [
      {
        file: 'src/features/expenditures/drafts.actions.ts',
        find: `  await record(context, {
    type,`,
        replace: `  if (type === 'expenditure.returned') {
    return after
  }
  await record(context, {
    type,`,
      },
    ],
    test: 'test/races/envelope.race.test.ts',
  },
  {
    promise: 13,
    name: 'ignore If-Match',
    edits: [
      { file: lifecycle, find: 'expenditure.version !== shown', replace: 'Number.isNaN(shown)' },
    ],
    test: 'test/stories/bad-requests.story.test.ts',
    pattern: 'that has changed since',
  },
  {
    promise: 14,
    name: 'numeric(15,2) alone',
    edits: [
      {
        file: 'migrations/0001_foundations.sql',
        find: 'create domain amount as numeric\n',
        replace: 'create domain amount as numeric(15,2)\n',
      },
    ],
    test: 'test/stories/record.story.test.ts',
    pattern: 'an amount',
  },
  {
    promise: 15,
    name: 'one cent off',
    edits: [
      {
        file: 'src/features/journal/entry.ts',
        find: '{ account: from, cell, amount: negate(amount) },\n  { account: to, cell, amount },',
        replace: `{ account: from, cell, amount: negate(add(amount, money('0.01'))) },
  { account: to, cell, amount: add(amount, money('0.01')) },`,
      },
      {
        file: 'src/features/journal/entry.ts',
        find: 'import { type Money, negate }',
        replace: 'import { add, type Money, money, negate }',
      },
    ],
    test: 'test/races/envelope.race.test.ts',
  },
  {
    promise: 16,
    name: 'default parser of days in a list',
    edits: [
      {
        file: 'src/platform/db/value-types.ts',
        find: '  1000, // boolean[]',
        replace: '  1182,\n  1000, // boolean[]',
      },
    ],
    test: 'test/platform/db/connect.test.ts',
    pattern: 'a value arrives',
  },
]

import type { Sabotage } from './sabotage.ts'

const files = 'test/stories/extract-files.story.test.ts'
const matching = 'test/stories/matching.story.test.ts'
const races = 'test/races/extracts.race.test.ts'

/** What ledgers say, and what is matched with it. */
export const ledgerSabotages: readonly Sabotage[] = [
  {
    promise: 5,
    name: 'take a line into two matches',
    edits: [
      {
        file: 'src/features/matching/rules.ts',
        find: '  for (const line of match.journal) {\n    pool.open.delete(line)\n  }\n',
        replace: '',
      },
    ],
    test: 'test/properties/matching.property.test.ts',
  },
  {
    promise: 5,
    name: 'do not assert the control total',
    edits: [
      {
        file: 'src/features/extracts/control.ts',
        find: '    ...(equals(total, stated.total) ? [] : [totalIssue(stated.total, total)]),\n',
        replace: '',
      },
    ],
    test: 'test/stories/extracts.story.test.ts',
    pattern: 'is refused before anything is stored',
  },
  {
    promise: 6,
    name: 'throwFileSizeLimit: false',
    edits: [
      {
        file: 'src/platform/http/uploads.ts',
        find: 'throwFileSizeLimit: true',
        replace: 'throwFileSizeLimit: false',
      },
    ],
    test: files,
    pattern: 'one byte more than the limit',
  },
  {
    promise: 19,
    name: 'close without the tie-out',
    edits: [
      {
        file: 'src/features/periods/periods.actions.ts',
        find: '  requireTiedOut(before, await findTieOut(work, before))\n',
        replace: '',
      },
    ],
    test: matching,
    pattern: 'once all that is open',
  },
  {
    promise: 19,
    name: 'load without holding the period',
    edits: [
      {
        file: 'migrations/0033_extract_readings.sql',
        find: '    and period.number = of_period\n  for share;',
        replace: '    and period.number = of_period;',
      },
    ],
    test: races,
    pattern: 'before a closing|after a closing',
  },
  {
    promise: 22,
    name: 'let a preparer sign a tie-out',
    edits: [
      {
        file: 'src/features/matching/tie-out.ts',
        find: '[run.preparedBy, run.changedBy].includes(actor)',
        replace: '[run.changedBy].includes(actor)',
      },
      {
        file: 'migrations/0031_matching.sql',
        find: 'check (signed_by not in (prepared_by, changed_by))',
        replace: 'check (signed_by <> changed_by)',
      },
    ],
    test: matching,
    pattern: 'whatever else they may do',
  },
]

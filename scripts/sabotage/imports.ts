import type { Sabotage } from './sabotage.ts'

/** A file is all there or not at all, every row of it is accounted for, and none is cut. */
export const importSabotages: readonly Sabotage[] = [
  {
    promise: 4,
    name: 'take the rows that are right and leave the others',
    edits: [
      {
        file: 'src/features/imports/import-rules.ts',
        find: 'if (tallies.rejected.rows > 0) {',
        replace: 'if (tallies.rejected.rows < 0) {',
      },
    ],
    test: 'test/races/imports.race.test.ts',
    pattern: 'a bad row at any place',
  },
  {
    promise: 4,
    name: 'look for what was recorded meanwhile before the counters are held',
    edits: [
      {
        file: 'src/features/imports/confirm.actions.ts',
        find: 'if (taken.length > 0) {',
        replace: 'if (taken.length < 0) {',
      },
    ],
    test: 'test/races/imports.race.test.ts',
    pattern: 'of eight previews of one file',
  },
  {
    promise: 4,
    name: 'commit every 1 000 rows',
    edits: [
      {
        file: 'src/features/expenditures/together.public.ts',
        find: '): Promise<void> => insertTogether(work, documents, { by: actor.email, isSubmitted })',
        replace: `): Promise<void> =>
  insertTogether(work, documents, { by: actor.email, isSubmitted }).then(async () => {
    const { sql } = await import('kysely')
    await sql\`commit\`.execute(work)
    await sql\`begin\`.execute(work)
    await sql\`select set_config('vigie.actor', \${actor.email}, true),
      set_config('vigie.organizations', '{*}', true)\`.execute(work)
    await new Promise((resolve) => setTimeout(resolve, 400))
  })`,
      },
    ],
    test: 'test/drivers/import-kills.test.ts',
  },
  {
    promise: 5,
    name: 'skip rows whose amount cannot be read',
    edits: [
      {
        file: 'src/features/imports/preview.actions.ts',
        find: "if (part.kind === 'row') {",
        replace:
          "if (part.kind === 'row' && part.row.amountRead === null) {\n      continue\n    }\n    if (part.kind === 'row') {",
      },
    ],
    test: 'test/races/imports.race.test.ts',
    pattern: 'a bad row at any place',
  },
  {
    promise: 6,
    name: 'cut what is longer than allowed',
    edits: [
      {
        file: 'src/platform/http/uploads.ts',
        find: 'throwFileSizeLimit: true',
        replace: 'throwFileSizeLimit: false',
      },
    ],
    test: 'test/stories/imports-corrected.story.test.ts',
    pattern: 'one byte over the limit',
  },
]

import type { Sabotage } from './sabotage.ts'

/** A workbook that comes back is the record, or each cell that is not is named. */
const edits = 'test/properties/returned-edits.property.test.ts'

export const returnedSabotages: readonly Sabotage[] = [
  {
    promise: 17,
    name: 'leave the result of a formula out of what a row says',
    edits: [
      {
        file: 'src/platform/files/row-digests.ts',
        find: '[column, formula, value, format]',
        replace: '[column, formula, formula === null ? value : null, format]',
      },
    ],
    test: edits,
    pattern: 'names the cell and both values',
  },
  {
    promise: 17,
    name: 'leave how a figure is shown out of what a row says',
    edits: [
      {
        file: 'src/platform/files/row-digests.ts',
        find: '[column, formula, value, format]',
        replace: '[column, formula, value]',
      },
    ],
    test: 'test/features/exports/returned-looks.test.ts',
    pattern: 'an amount shown in thousands',
  },
  {
    promise: 17,
    name: 'leave cents out of what a number says',
    edits: [
      {
        file: 'src/platform/files/cell-face.ts',
        find: 'digits.slice(-2)',
        replace: "'00'",
      },
    ],
    test: edits,
    pattern: 'names the cell and both values',
  },
  {
    promise: 17,
    name: 'believe the command of the cover alone',
    edits: [
      {
        file: 'src/features/exports/returned.ts',
        find: 'const commands = [...face, ...made.map(({ command }) => command)]',
        replace: 'const commands = [...face]',
      },
    ],
    test: 'test/stories/returned-forged.story.test.ts',
    pattern: 'Commande qui refait ce fichier',
  },
  {
    promise: 26,
    name: 'leave the escapes of a text as they are',
    edits: [
      {
        file: 'src/platform/files/returned-cells.ts',
        find: 'unescaped(text)',
        replace: 'text',
      },
    ],
    test: 'test/stories/returned.story.test.ts',
    pattern: 'before the correction',
  },
]

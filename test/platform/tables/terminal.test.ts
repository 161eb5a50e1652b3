import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { amount, type Table, table, text, words } from '#core/table.ts'
import { displayWidth } from '#platform/tables/display-width.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { sampleTable } from './sample-table.ts'

/** Amounts hold U+00A0, which no one can tell from a space in a test. */
const visible = (printed: string): string => printed.replaceAll('\u00A0', ' ')
const lines = (expected: readonly string[]): string => `${expected.join('\n')}\n`

const flagWords = (code: string) =>
  code === 'over-spent' ? { fr: 'dépassement', en: 'over-spent' } : undefined

describe('a table on a terminal', () => {
  test('lines figures up to the right, puts the total last, and marks what is repeated', () => {
    expect(visible(printTable(sampleTable, { language: 'fr', flagWords }))).toBe(
      lines([
        'Prévu et dépensé',
        '',
        '  Code  Intitulé                      Prévu       Dépensé  % dépensé  Signaux',
        '  ────  ───────────────────  ──────────────  ────────────  ─────────  ────────────────────',
        '  A-1   Soutenir les élèves  2 903 063,00 $  126 000,00 $     4,34 %  dépassement, derived',
        '↺ A-2   Former les équipes   2 903 063,00 $             —      s. o.',
        '  =A-3  -Équipement; "neuf"        250,00 $      -12,50 $    -5,00 %  derived',
        '  ────  ───────────────────  ──────────────  ────────────  ─────────  ────────────────────',
        '  tout  Total                2 903 313,00 $  125 987,50 $     4,34 %',
        '',
        '↺ montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux',
      ]),
    )
  })

  test('speaks English, and prints every column when asked', () => {
    expect(visible(printTable(sampleTable, { language: 'en', columns: 'all', width: 140 }))).toBe(
      lines([
        'Planned and spent',
        '',
        '  Code  Title                    Planned        Spent  % spent  Flags                Since       Derived   Rows',
        '  ────  ─────────────────  ─────────────  ───────────  ───────  ───────────────────  ──────────  ───────  ─────',
        '  A-1   Support pupils     $2,903,063.00  $126,000.00    4.34%  over-spent, derived  2025-04-01  no       1,230',
        '↺ A-2   Train the teams    $2,903,063.00            —      n/a                       —           yes          0',
        '  =A-3  -Equipment; "new"        $250.00      -$12.50   -5.00%  derived              unknown     yes          4',
        '  ────  ─────────────────  ─────────────  ───────────  ───────  ───────────────────  ──────────  ───────  ─────',
        '  tout  Total              $2,903,313.00  $125,987.50    4.34%                       n/a         no       1,234',
        '',
        '↺ amounts that another line already shows, counted once in the totals',
      ]),
    )
  })

  test('without rows says so', () => {
    const empty: Table = { ...sampleTable, rows: [] }
    expect(printTable(empty, { language: 'fr' })).toBe(
      lines([
        'Prévu et dépensé',
        '',
        'Code  Intitulé  Prévu  Dépensé  % dépensé  Signaux',
        '────  ────────  ─────  ───────  ─────────  ───────',
        'Aucune ligne.',
      ]),
    )
    expect(printTable(empty, { language: 'en' })).toContain('No rows.')
  })
})

describe('a table too wide', () => {
  const title = { fr: 'Large', en: 'Wide' }
  const long = 'Prévenir la violence par des projets de sport et de loisir dans les quartiers'
  const amounts = [
    'Montant prévu au plan',
    'Montant engagé',
    'Montant dépensé',
    'Montant disponible',
  ]
  const wide = table({
    name: 'wide',
    title,
    columns: [
      { key: 'key', label: { fr: 'Code', en: 'Code' }, type: 'text', brief: true },
      { key: 'label', label: { fr: 'Intitulé', en: 'Title' }, type: 'text', brief: true },
      ...amounts.map((label, at) => ({
        key: `amount${at}`,
        label: { fr: label, en: label },
        type: 'amount' as const,
        brief: true,
      })),
      { key: 'flags', label: { fr: 'Signaux', en: 'Flags' }, type: 'words', brief: true },
    ],
    rows: [
      {
        role: 'data',
        cells: [
          text('A-12'),
          text(long),
          ...amounts.map(() => amount(money('147106925.00'))),
          words(['nothing-recorded', 'in-shared-envelope']),
        ],
      },
    ],
  })

  test('fits 120 columns: labels fold, the longest texts end in an ellipsis, figures are whole', () => {
    const printed = printTable(wide, { language: 'fr' })
    expect(visible(printed)).toBe(
      lines([
        'Large',
        '',
        '                            Montant prévu au                                               Montant',
        'Code  Intitulé                          plan    Montant engagé   Montant dépensé        disponible  Signaux',
        '────  ────────────────────  ────────────────  ────────────────  ────────────────  ────────────────  ────────────────────',
        'A-12  Prévenir la violenc…  147 106 925,00 $  147 106 925,00 $  147 106 925,00 $  147 106 925,00 $  nothing-recorded, i…',
      ]),
    )
    expect(Math.max(...printed.split('\n').map(displayWidth))).toBe(120)
  })

  test('runs over rather than cut a figure', () => {
    const printed = visible(printTable(wide, { language: 'fr', width: 40 }))
    expect(printed.match(/147 106 925,00 \$/g)).toHaveLength(4)
    expect(printed).toContain('Préveni…  147')
  })

  test('keeps whole what names a row, which the next command takes', () => {
    const rows = wide.rows.map(({ role, cells }) => ({
      role,
      cells: [text('D-2025-2026-000123'), ...cells.slice(1)],
    }))
    const printed = visible(printTable({ ...wide, rows }, { language: 'fr' }))
    expect(printed).toMatch(/^D-2025-2026-000123 {2}Prévenir la… +147 106 925,00/m)
  })
})

describe('text that is not plain', () => {
  const oneCell = (content: string): string =>
    printTable(
      table({
        name: 'one',
        title: { fr: 'Une', en: 'One' },
        columns: [
          { key: 'a', label: { fr: 'Nom', en: 'Name' }, type: 'text', brief: true },
          { key: 'b', label: { fr: 'Montant', en: 'Amount' }, type: 'amount', brief: true },
        ],
        rows: [content, 'x'].map((name) => ({
          role: 'data' as const,
          cells: [text(name), amount(money('1.00'))],
        })),
      }),
      { language: 'en' },
    )

  test.each([
    ['an accent of its own', 'e\u0301te\u0301'],
    ['wide characters', '漢字'],
    ['an emoji of several code points', '👩‍🔧 x'],
    ['a flag', '🇨🇦'],
    ['a zero-width space', 'a\u200Bb'],
  ])('keeps the columns straight with %s', (_, content) => {
    const [first = '', second = ''] = oneCell(content).split('\n').slice(4)
    expect(first).toContain(content)
    expect(displayWidth(first)).toBe(displayWidth(second))
    expect(first.endsWith('$1.00')).toBe(true)
  })

  test('cannot move the cursor, change the colour or turn the line around', () => {
    const printed = oneCell('a\u001b[31mred\u001b]0;title\u0007\u202Etxt\u009b2J\nb\tc\r')
    expect(printed).toContain('a␛[31mred␛]0;title␇\uFFFDtxt\uFFFD2J b c')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  })
})

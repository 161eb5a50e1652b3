import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { missingReasons } from '#core/table.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { expenditureStates } from '#features/expenditures/expenditure.ts'
import { stateNames } from '#features/expenditures/lifecycle.ts'
import { flagWords } from '#features/exports/flag-words.ts'
import { relationKinds } from '#features/funding/relation.ts'
import { roles } from '#features/identity/actor.ts'
import { accounts, entryKinds } from '#features/journal/entry.ts'
import { fundings } from '#features/programmes/measure.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import { amountKeys } from '#features/reconciliation/figures.ts'
import { reportNames } from '#features/reports/request.ts'
import { filesUnder, root } from './support/source-tree.ts'

/** docs/words.md: a row for every word of the code that a person meets, in the section it belongs to. */
interface Word {
  readonly section: string
  readonly code: string
  readonly french: string
  readonly meaning: string
}

const words = readWords(readFileSync(join(root, 'docs/words.md'), 'utf8'))
const codesOf = (section: string): readonly string[] =>
  words.filter((word) => word.section === section).map(({ code }) => code)

const lists: readonly (readonly [section: string, codes: readonly string[]])[] = [
  ['Accounts', accounts],
  ['Entry kinds', entryKinds],
  ['Flags', Object.keys(flagWords)],
  ['States of an expenditure', expenditureStates],
  ['Roles', roles],
  ['Funding of a measure', fundings],
  ['Relations between envelopes', relationKinds],
  ['Jurisdictions', jurisdictions],
  ['Reports', reportNames],
  ['Dimensions of a report', dimensions],
  ['Spreads', spreads],
  ['Scenarios', scenarios],
  ['What is not an amount', missingReasons],
]

describe('the glossary', () => {
  test.each(lists)(
    '%s: the words of the code and those of the page are the same',
    (section, codes) => {
      expect([...codesOf(section)].sort()).toEqual([...codes].sort())
    },
  )

  test('Columns: every amount of a report', () => {
    expect(amountKeys.filter((key) => !codesOf('Columns').includes(key))).toEqual([])
  })

  test('Flags: every flag that the source or a fixture sets', () => {
    const rowFlags = readFileSync(join(root, 'src/features/reconciliation/row-flags.ts'), 'utf8')
    const set = [...rowFlags.matchAll(/\[('[a-z-]+'(?:, '[a-z-]+')*)\]/g)]
      .flatMap(([, list = '']) => list.split(', '))
      .map((quoted) => quoted.slice(1, -1))
    const spending: { flags: string[] }[] = JSON.parse(
      readFileSync(join(root, 'fixtures/published/spending.json'), 'utf8'),
    )
    const kinds: readonly string[] = entryKinds
    const flags = [...set, ...spending.flatMap((row) => row.flags)].filter(
      (code) => !kinds.includes(code),
    )
    expect(flags.length).toBeGreaterThan(10)
    expect(flags.filter((code) => !codesOf('Flags').includes(code))).toEqual([])
  })

  test('the French of flags and states is the one the interface prints', () => {
    const frenchOf = (section: string): Record<string, string> =>
      Object.fromEntries(
        words.filter((word) => word.section === section).map(({ code, french }) => [code, french]),
      )
    const flags = Object.entries(flagWords).map(([code, { label }]) => [code, label.fr])
    expect(frenchOf('Flags')).toEqual(Object.fromEntries(flags))
    const states = Object.entries(stateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of an expenditure')).toEqual(Object.fromEntries(states))
  })

  test('every row has its French and its meaning, and stands once in its section', () => {
    const bare = words.filter(({ french, meaning }) => french === '' || meaning === '')
    expect(bare.map(({ code }) => code)).toEqual([])
    const places = words.map(({ section, code }) => `${section}: ${code}`)
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
  })
})

describe('the pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

  test('every file they name is there', () => {
    const names = new Set(
      ['src', 'scripts', 'test'].flatMap(filesUnder).map((path) => path.split('/').at(-1)),
    )
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:tsx?|sql|md|json))`/g)]
        .map(([, named = '']) => named)
        .filter((named) =>
          /^(?:src|test|scripts|migrations|fixtures|docs)\//.test(named)
            ? !existsSync(join(root, named))
            : /^[^/]+\.tsx?$/.test(named) && !named.startsWith('noun.') && !names.has(named),
        )
        .map((named) => `${path}: ${named}`),
    )
    expect(missing).toEqual([])
  })

  test('every page they link to is there', () => {
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)#\s]+?)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^https?:/.test(target))
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    )
    expect(missing).toEqual([])
  })
})

/** Rows whose first cell is a word in backticks: | `code` | French | meaning |. */
function readWords(page: string): readonly Word[] {
  let section = ''
  return page.split('\n').flatMap((line): Word[] => {
    section = /^## (.*)$/.exec(line)?.[1] ?? section
    const [first = '', french = '', meaning = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const [, code = ''] = /^`([^`]+)`$/.exec(first) ?? []
    return code === '' ? [] : [{ section, code, french, meaning }]
  })
}

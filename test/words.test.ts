import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { missingReasons } from '#core/table.ts'
import { commitmentStates } from '#features/commitments/commitment.ts'
import { stateNames as commitmentStateNames } from '#features/commitments/lifecycle.ts'
import { caveatWords } from '#features/comparison/comparability.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { expenditureStates } from '#features/expenditures/expenditure.ts'
import { stateNames } from '#features/expenditures/lifecycle.ts'
import { exportStateNames, exportStates } from '#features/exports/queued-export.ts'
import { findingCodes } from '#features/extracts/findings.ts'
import { proposalStateNames, proposalStates } from '#features/funding/proposal.ts'
import { relationKinds } from '#features/funding/relation.ts'
import { roles } from '#features/identity/actor.ts'
import { importStates } from '#features/imports/import.ts'
import { importStateNames } from '#features/imports/import-rules.ts'
import { causes } from '#features/journal/cause.ts'
import { accounts, entryKinds } from '#features/journal/entry.ts'
import { flagWords } from '#features/journal/flag-words.ts'
import { causes as openCauses } from '#features/matching/run.ts'
import { periodStates } from '#features/periods/period-state.ts'
import { periodStateNames } from '#features/periods/periods.table.ts'
import { fundings } from '#features/programmes/measure.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import { amountKeys } from '#features/reconciliation/figures.ts'
import { reportNames } from '#features/reports/request.ts'
import { policyKinds } from '#features/year-end/policy.ts'
import { policyNames } from '#features/year-end/year-end.table.ts'
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
  ['States of a period', periodStates],
  ['States of a proposal', proposalStates],
  ['States of a commitment', commitmentStates],
  ['States of an import', importStates],
  ['States of an export', exportStates],
  ['Findings of an extract', findingCodes],
  ['Causes of what is open', openCauses],
  ['Roles', roles],
  ['Funding of a measure', fundings],
  ['Relations between envelopes', relationKinds],
  ['Jurisdictions', jurisdictions],
  ['Reports', reportNames],
  ['Causes of a bridge', causes],
  ['Caveats', Object.keys(caveatWords)],
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
    const periods = Object.entries(periodStateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of a period')).toEqual(Object.fromEntries(periods))
    const proposals = Object.entries(proposalStateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of a proposal')).toEqual(Object.fromEntries(proposals))
    const closing = frenchOf('Closing a year')
    for (const kind of policyKinds) {
      expect(closing[kind]).toBe(policyNames[kind].fr)
    }
    const held = Object.entries(commitmentStateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of a commitment')).toEqual(Object.fromEntries(held))
    const brought = Object.entries(importStateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of an import')).toEqual(Object.fromEntries(brought))
    const exported = Object.entries(exportStateNames).map(([code, { fr }]) => [code, fr])
    expect(frenchOf('States of an export')).toEqual(Object.fromEntries(exported))
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

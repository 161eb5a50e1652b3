import type { Sabotage } from './sabotage.ts'

const closing = 'src/features/year-end/closing.ts'
const steps = 'src/features/year-end/year-end.actions.ts'
const yearEnds = 'test/stories/year-end.story.test.ts'

/** Planned money and the closing of years. */
export const closingSabotages: readonly Sabotage[] = [
  {
    promise: 13,
    name: 'close a year on figures that changed',
    edits: [
      {
        file: steps,
        find: 'if (computed.digest !== before.digest) {',
        replace: "if (computed.digest === '') {",
      },
    ],
    test: yearEnds,
    pattern: 'when its figures changed',
  },
  {
    promise: 15,
    name: 'leave open commitments in a closed year',
    edits: [
      {
        file: closing,
        find: "({ account, amount }) => account === 'committed' && !isZero(amount),",
        replace: "({ account, amount }) => account !== 'available' && isZero(amount),",
      },
    ],
    test: 'test/stories/year-end-commitments.story.test.ts',
  },
  {
    promise: 15,
    name: 'carry money past the last year of its term',
    edits: [
      {
        file: closing,
        find: 'const isLastYear = !mayCarry(asked)',
        replace: 'const isLastYear = mayCarry(asked) && false',
      },
    ],
    test: 'test/features/year-end/closing.test.ts',
  },
  {
    promise: 15,
    name: 'one cent off on transfer',
    edits: [
      {
        file: 'src/features/funding/revision.ts',
        find: "      return [{ account: 'available', cell, amount }]",
        replace: `      return [
        {
          account: 'available',
          cell,
          amount: add(amount, money(kind !== 'transfer' ? '0.00' : isNegative(amount) ? '-0.01' : '0.01')),
        },
      ]`,
      },
      {
        file: 'src/features/funding/revision.ts',
        find: 'import { type Money, negate, sum }',
        replace: 'import { add, isNegative, type Money, money, negate, sum }',
      },
    ],
    test: 'test/properties/revisions.property.test.ts',
  },
  {
    promise: 15,
    name: 'judge a share by what is left of it',
    edits: [
      {
        file: 'src/features/funding/ceiling.ts',
        find: 'isPositive(shares.get(measure) ?? Money.zero)',
        replace: 'isPositive(of(measure))',
      },
    ],
    test: 'test/features/expenditures/flags.test.ts',
  },
  {
    promise: 19,
    name: 'revise a closed year',
    edits: [
      {
        file: 'src/features/funding/revision-rules.ts',
        find: 'fiscalYear !== null && isClosedYear(closed, programme, fiscalYear)',
        replace: "fiscalYear === '' && isClosedYear(closed, programme, fiscalYear)",
      },
    ],
    test: yearEnds,
    pattern: 'refuses what waited for it',
  },
  {
    promise: 22,
    name: 'close a year alone, in the database',
    edits: [
      {
        file: 'migrations/0026_year_end.sql',
        find: '    approved_by not in (prepared_by, changed_by, submitted_by)',
        replace: "    approved_by <> ''",
      },
    ],
    test: 'test/stories/year-end-check.story.test.ts',
    pattern: 'two persons did not sign',
  },
  {
    promise: 22,
    name: 'close a year alone, in both places',
    edits: [
      {
        file: steps,
        find: '  requireSomebodyElse(named(before), actor.email)\n',
        replace: '',
      },
      {
        file: 'migrations/0026_year_end.sql',
        find: '    approved_by not in (prepared_by, changed_by, submitted_by)',
        replace: "    approved_by <> ''",
      },
    ],
    test: yearEnds,
    pattern: 'not approved by who prepared it',
  },
]

import { expect, test } from 'vitest'
import { testApp } from '#test/support/app.ts'
import { Play } from '#test/support/model/play.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/**
 * Any sequence of actions on planned, committed and spent money, on the service and on a reference
 * model of plain postings (test/support/model). The model foretells every answer: that it is done
 * and what the document has become, or the code of the refusal. After each sequence every cell,
 * column and total is what the model says, the record is whole, and a report kept in between is
 * the same as of then, also once years were closed. What sequences leave behind the next ones of a
 * life carry on from.
 */
const lives = runs(2, 63)
const sequences = runs(10, 32)
const steps = 8
const lanes = 3

/** What a run of any length comes to; a long one comes to all of it. */
const soon = [
  ...['envelope.approved', 'revision.approved', 'commitment.approved', 'expenditure.posted'],
]
const atLast = [
  ...['commitment.released', 'expenditure.refunded', 'expenditure.reversed'],
  ...['expenditure.reclassified', 'expenditure.changed', 'period.closed', 'period.reopened'],
  ...['funding/above-headroom', 'funding/cell-holds-less', 'funding/outside-term'],
  ...['funding/unbalanced', 'funding/not-a-member', 'funding/line-not-positive'],
  ...['funding/own-work', 'commitments/own-work', 'expenditures/own-work'],
  ...['commitments/above-headroom', 'commitments/above-remaining', 'commitments/not-open'],
  ...['commitments/of-another-envelope', 'commitments/year-not-opened'],
  ...['expenditures/above-headroom', 'expenditures/justification-needed'],
  ...['expenditures/refund-above', 'expenditures/wrong-state', 'expenditures/own-request'],
  ...['periods/documents-waiting'],
  ...['year-end.approved', 'year-end.returned', 'year-end.frozen'],
  ...['year-end/figures-changed', 'year-end/already-closed', 'year-end/not-ended'],
  ...['year-end/before-programme', 'year-end/envelope-twice', 'year-end/percent-missing'],
  ...['year-end/percent-unused', 'year-end: funding/own-work', 'year-end: funding/wrong-state'],
  ...['funding/year-closed', 'commitments/year-closed'],
]

test(`whatever people do, the model foretells each answer, each cell and each total (${lives * sequences} sequences)`, {
  timeout: 3_600_000,
}, async () => {
  const chance = chanceOf('the life of a budget')
  const reached = new Set<string>()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let life = next++; life < lives; life = next++) {
      const app = await testApp({ poolMax: 2 })
      try {
        const play = await Play.on(app, chance.branch(life))
        for (let turn = 0; turn < sequences; turn += 1) {
          await play.sequence(chance.branch(`${life}/${turn}`), steps)
        }
        await play.expectReports()
        for (const what of [...(await play.recorded()), ...play.refusals]) {
          reached.add(what)
        }
      } finally {
        await app.close()
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  expect([...soon, ...runs([], atLast)].filter((what) => !reached.has(what))).toEqual([])
})

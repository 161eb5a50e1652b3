import { isZero, type Money } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Note, Reconciliation } from './reconcile.ts'

/** What the reader of a reconciliation must be told beside its figures. */
export function notesOf(found: Reconciliation): readonly Note[] {
  const { question, proof, tieOut, leftOut, plannedLow, totals } = found
  return [
    ...(isZero(proof.planned.repeats) && isZero(proof.spent.repeats)
      ? []
      : [repeats(proof.planned.repeats, proof.spent.repeats)]),
    ...[...leftOut].map(([envelope, amount]) => notDistributed(envelope, amount)),
    ...(question.spread === 'straight-line' ? [derived] : []),
    ...(plannedLow === null ? [] : [notAdditive(plannedLow, totals.planned)]),
    ...(tieOut === null || isZero(tieOut.unexplained) ? [] : [unexplained(tieOut.unexplained)]),
  ]
}

const repeats = (planned: Money, spent: Money): Note => ({
  code: 'repeated',
  text: {
    fr: `Les lignes marquées répètent l’argent d’une enveloppe partagée (prévu ${moneyWords(planned).fr}, dépensé ${moneyWords(spent).fr}) : elles n’entrent pas dans le total.`,
    en: `Marked rows repeat money of a shared envelope (planned ${moneyWords(planned).en}, spent ${moneyWords(spent).en}): they do not enter the total.`,
  },
})

const notDistributed = (envelope: string, amount: Money): Note => ({
  code: 'not-distributed',
  text: {
    fr: `${envelope} : ${moneyWords(amount).fr} n’est pas réparti par exercice et reste hors de cet intervalle.`,
    en: `${envelope}: ${moneyWords(amount).en} is not distributed by fiscal year and stays out of this range.`,
  },
})

const derived: Note = {
  code: 'derived',
  text: {
    fr: 'Répartition en parts égales sur les exercices de la durée : un calcul, non une décision.',
    en: 'Spread in equal parts over the years of the term: a calculation, not a decision.',
  },
}

const notAdditive = (low: Money, high: Money): Note => ({
  code: 'not-additive',
  text: {
    fr: `Les annonces fédérales ne s’additionnent pas toutes avec certitude : le prévu va de ${moneyWords(low).fr} à ${moneyWords(high).fr} selon la lecture.`,
    en: `Federal announcements do not all add up with certainty: planned runs from ${moneyWords(low).en} to ${moneyWords(high).en} depending on the reading.`,
  },
})

const unexplained = (amount: Money): Note => ({
  code: 'unexplained',
  text: {
    fr: `${moneyWords(amount).fr} de l’annonce ne figure dans aucune mesure du tableau : écart montré, jamais absorbé.`,
    en: `${moneyWords(amount).en} of the announcement is in no measure of the table: the gap is shown, never absorbed.`,
  },
})

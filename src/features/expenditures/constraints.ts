import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'

/**
 * The rules of expenditures that the database holds too, by constraint name: what two people at
 * once, or a bug of ours, would otherwise get past.
 */
const twoPersons = (): Problem =>
  new Problem('forbidden', 'expenditures/own-work', {
    fr: 'Vous avez saisi, modifié ou soumis cette dépense : une autre personne doit l’approuver.',
    en: 'You entered, changed or submitted this expenditure: somebody else must approve it.',
  })

const settled = (): Problem =>
  new Problem('conflict', 'expenditures/settled', {
    fr: 'Cette dépense est comptabilisée : elle ne peut plus qu’être remboursée, contre-passée ou reclassée.',
    en: 'This expenditure is posted: it can only be refunded, reversed or reclassified.',
  })

const requestOpen = (): Problem =>
  new Problem('conflict', 'expenditures/request-open', {
    fr: 'Cette dépense attend déjà une décision.',
    en: 'This expenditure is already waiting for a decision.',
  })

export const expenditureConstraints: Readonly<Record<string, () => Problem>> = {
  expenditure_two_persons: twoPersons,
  expenditure_request_two_persons: () =>
    new Problem('forbidden', 'expenditures/own-request', {
      fr: 'Vous avez fait cette demande : une autre personne doit la décider.',
      en: 'You made this request: somebody else must decide it.',
    }),
  expenditure_posted_is_settled: settled,
  expenditure_request_one_open: requestOpen,
  expenditure_refunded_within: () =>
    refuseField('amount', 'expenditures/refund-above', {
      fr: 'Le remboursement dépasse ce qui peut encore être remboursé.',
      en: 'The refund is above what can still be refunded.',
    }),
  expenditure_reclassified_once: settled,
  journal_entry_reversed_once: settled,
}

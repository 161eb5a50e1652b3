import { Problem } from '#core/problem.ts'

/** What the database's own checks of periods mean, in the words of the rule. */
const closed = (): Problem =>
  new Problem('conflict', 'periods/closed-meanwhile', {
    fr: 'La période a été fermée pendant l’opération. Recommencez : une autre période sera choisie.',
    en: 'The period was closed during the operation. Try again: another period will be chosen.',
  })

export const periodConstraints: Readonly<Record<string, () => Problem>> = {
  journal_entry_period_open: closed,
  journal_entry_period_is_its_own: closed,
}

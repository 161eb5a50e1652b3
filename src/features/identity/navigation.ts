import type { Bilingual } from '#core/language.ts'
import type { Actor } from './actor.ts'
import { type Act, may } from './permission.ts'

/**
 * The pages in the order in which they are offered. Of these a person sees the ones that are there
 * and that a role of theirs opens: the act is the one that the page's own route declares.
 */
interface Entry {
  readonly path: string
  readonly words: Bilingual
}

interface Group {
  readonly words: Bilingual
  readonly entries: readonly Entry[]
}

const entry = (path: string, fr: string, en: string): Entry => ({ path, words: { fr, en } })
const group = (fr: string, en: string, entries: readonly Entry[]): Group => ({
  words: { fr, en },
  entries,
})

const offered: readonly Group[] = [
  group('Aperçu', 'Overview', [
    entry('/', 'Accueil', 'Home'),
    entry('/measures', 'Mesures', 'Measures'),
    entry('/envelopes', 'Enveloppes', 'Envelopes'),
  ]),
  group('Dépenses', 'Expenditures', [
    entry('/expenditures/new', 'Saisie des dépenses', 'Expenditure entry'),
    entry('/expenditures', 'Dépenses', 'Expenditures'),
    entry('/imports', 'Importation', 'Imports'),
    entry('/approvals', 'Approbations', 'Approvals'),
    entry('/extracts', 'Extraits du grand livre', 'Ledger extracts'),
    entry('/matching', 'Appariement', 'Matching'),
  ]),
  group('Rapports', 'Reports', [
    entry('/reconciliation', 'Rapprochement budgétaire', 'Budget reconciliation'),
    entry('/comparison', 'Comparaison Québec–Canada', 'Quebec–Canada comparison'),
    entry('/reports', 'Autres rapports', 'Other reports'),
    entry('/exports', 'Exportations', 'Exports'),
  ]),
  group('Budget', 'Budget', [
    entry('/commitments', 'Engagements', 'Commitments'),
    entry('/revisions', 'Révisions', 'Revisions'),
    entry('/proposals', 'Propositions', 'Proposals'),
    entry('/year-end', 'Fin d’exercice', 'Year-end'),
  ]),
  group('Vérification', 'Audit', [
    entry('/journal', 'Journal', 'Journal'),
    entry('/events', 'Événements', 'Events'),
    entry('/verify', 'Vérification', 'Verification'),
    entry('/observations', 'Observations', 'Observations'),
  ]),
  group('Administration', 'Administration', [
    entry('/users', 'Personnes', 'People'),
    entry('/organizations', 'Organismes', 'Organizations'),
    entry('/periods', 'Périodes', 'Periods'),
  ]),
  group('Mon compte', 'My account', [
    entry('/account', 'Mon compte', 'My account'),
    entry('/tokens', 'Jetons', 'Tokens'),
  ]),
]

/** @param pages the act of each page that is there, by its path */
export const navigationOf = (actor: Actor, pages: ReadonlyMap<string, Act>): readonly Group[] =>
  offered
    .map(({ words, entries }) => ({
      words,
      entries: entries.filter(({ path }) => {
        const act = pages.get(path)
        return act !== undefined && may(actor, act)
      }),
    }))
    .filter(({ entries }) => entries.length > 0)

import type { Bilingual } from '#core/language.ts'
import { abs, fromCents, isZero } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Candidate, Failure } from './candidates.ts'
import type { Basis, EngineRule } from './rules.ts'
import type { KeptMatch } from './run.ts'

/** Why lines are one match, and why a candidate is none, in a sentence. */
const shared: Readonly<Record<Basis, Bilingual>> = {
  document: { fr: 'même pièce', en: 'same document' },
  'document-date': { fr: 'même pièce', en: 'same document' },
  supplier: { fr: 'même fournisseur', en: 'same supplier' },
}

const rules: Readonly<Record<EngineRule, (basis: Basis, match: KeptMatch) => Bilingual>> = {
  exact: (basis) =>
    basis === 'document-date'
      ? {
          fr: 'Même pièce, même montant, date de la pièce.',
          en: 'Same document, same amount, date of the document.',
        }
      : {
          fr: 'Même pièce, même montant, même date.',
          en: 'Same document, same amount, same date.',
        },
  'one-to-many': (basis) => ({
    fr: `Une ligne de l’extrait est la somme de plusieurs dépenses (${shared[basis].fr}).`,
    en: `One row of the extract is the sum of several expenditures (${shared[basis].en}).`,
  }),
  'many-to-one': (basis) => ({
    fr: `Plusieurs lignes de l’extrait font la somme d’une dépense (${shared[basis].fr}).`,
    en: `Several rows of the extract add up to one expenditure (${shared[basis].en}).`,
  }),
  tolerance: (basis, { residual, days }) => {
    const gap = moneyWords(residual)
    return {
      fr: `Dans les tolérances (${shared[basis].fr}) : écart de ${gap.fr}, à ${days} jours.`,
      en: `Within tolerance (${shared[basis].en}): a difference of ${gap.en}, ${days} days apart.`,
    }
  },
}

/** A match made by hand says the reason of whoever made it. */
export function matchWords(match: KeptMatch): Bilingual {
  const { rule, basis, reason } = match
  return rule === 'manual' || basis === null
    ? { fr: reason ?? '', en: reason ?? '' }
    : rules[rule](basis, match)
}

export function candidateWords({ why, cents, days }: Candidate): Bilingual {
  const gap = moneyWords(abs(fromCents(cents)))
  const isSame = isZero(fromCents(cents))
  const words: Readonly<Record<Failure, Bilingual>> = {
    taken: {
      fr: 'Déjà appariée à une autre ligne.',
      en: 'Matched with another line already.',
    },
    amount: {
      fr: `Le montant diffère de ${gap.fr}.`,
      en: `The amount differs by ${gap.en}.`,
    },
    date: {
      fr: `Les dates sont à ${days} jours l’une de l’autre.`,
      en: `The dates are ${days} days apart.`,
    },
    document: {
      fr: `Autre pièce, ${isSame ? 'même montant' : `à ${gap.fr} près`}.`,
      en: `Another document, ${isSame ? 'same amount' : `within ${gap.en}`}.`,
    },
    'not-tried': {
      fr: 'La recherche s’est arrêtée avant cette ligne.',
      en: 'The search stopped before this line.',
    },
  }
  return words[why]
}

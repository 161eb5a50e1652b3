import type { Bilingual } from '#core/language.ts'
import type { Column } from '#core/table.ts'
import type { DescribedColumn } from './workbook-columns.ts'

/** What the dictionary says of each column of a reconciliation; its label is the report's own. */
type Said = readonly [fr: string, en: string]

const meanings: ReadonlyMap<string, Said> = new Map([
  [
    'key',
    [
      'Code de la ligne; les autres feuilles y renvoient par leurs clés.',
      'Code of the row; the other sheets refer to it by their keys.',
    ],
  ],
  ['kind', ['Ce que la ligne additionne.', 'What the row adds up.']],
  ['label', ['Intitulé tel que le plan l’imprime.', 'Label as the plan prints it.']],
  ['parent', ['Groupe auquel la ligne appartient.', 'Group that the row belongs to.']],
  [
    'funding',
    [
      'D’où vient l’argent : enveloppe propre, partagée, ou ressources propres (autofinancé).',
      'Where the money comes from: an own envelope, a shared one, or own resources (self-funded).',
    ],
  ],
  [
    'repeated',
    [
      'Vrai si une autre ligne montre déjà cet argent : la ligne n’entre pas dans les totaux.',
      'True if another row already shows this money: the row does not enter the totals.',
    ],
  ],
  ['envelopes', ['Enveloppes de la ligne.', 'Envelopes of the row.']],
  [
    'initial',
    [
      'Crédits initiaux : somme des cellules du budget prévu qui ont cette clé.',
      'Initial appropriations: sum of the cells of the planned budget that have this key.',
    ],
  ],
  [
    'revisions',
    ['Suppléments moins réductions, de la même façon.', 'Supplements less reductions, likewise.'],
  ],
  [
    'transfers',
    [
      'Virements, répartitions et reports, nets, de la même façon.',
      'Transfers, distributions and carry-forwards, net, likewise.',
    ],
  ],
  [
    'planned',
    ['Prévu = initial + révisions + virements.', 'Planned = initial + revisions + transfers.'],
  ],
  [
    'committed',
    [
      'Solde engagé : somme des cellules du budget prévu qui ont cette clé.',
      'Committed balance: sum of the cells of the planned budget that have this key.',
    ],
  ],
  [
    'spent',
    [
      'Dépensé sur une enveloppe : somme des dépenses qui ont cette clé.',
      'Spent from an envelope: sum of the expenditures that have this key.',
    ],
  ],
  [
    'lapsed',
    ['Crédits périmés, rendus en fin d’exercice.', 'Lapsed money, returned at a year’s end.'],
  ],
  [
    'ownResources',
    [
      'Dépensé sans enveloppe, sur les ressources propres de l’organisme.',
      'Spent without an envelope, from the organization’s own resources.',
    ],
  ],
  [
    'available',
    [
      'Disponible = prévu − engagé − dépensé − périmé; jamais ramené à zéro.',
      'Available = planned − committed − spent − lapsed; never floored at zero.',
    ],
  ],
  [
    'variance',
    [
      'Écart = prévu − dépensé; positif si l’on a dépensé moins que prévu.',
      'Variance = planned − spent; positive when less was spent than planned.',
    ],
  ],
  [
    'percentSpent',
    [
      'Dépensé ÷ prévu × 100; sans valeur si rien n’est prévu ou si rien n’est inscrit.',
      'Spent ÷ planned × 100; without a value where nothing is planned or nothing is recorded.',
    ],
  ],
  [
    'publishedAuthorities',
    [
      'Autorisations imprimées de l’exercice, à côté des dépenses; jamais du prévu.',
      'Authorities printed for the year, beside the spending; never planned money.',
    ],
  ],
  [
    'flags',
    [
      'Ce qu’il faut savoir de la ligne; voir Exceptions.',
      'What one must know of the row; see Exceptions.',
    ],
  ],
  [
    'derived',
    [
      'Vrai si un montant vient d’une répartition calculée.',
      'True if an amount comes from a derived split.',
    ],
  ],
  [
    'href',
    [
      'Adresse de la liste des dépenses dont la somme est celle de la ligne.',
      'Address of the list of expenditures that adds up to the row.',
    ],
  ],
])

export type Meanings = ReadonlyMap<string, readonly [fr: string, en: string]>

/**
 * @param own of a report whose column means something else, or that no other report has
 * @throws RangeError for a column of the report that the dictionary does not describe.
 */
export function describeColumn({ key, label }: Column, own?: Meanings): DescribedColumn {
  const found = own?.get(key) ?? meanings.get(key)
  if (found === undefined) {
    throw new RangeError(`the dictionary does not describe the column ${key}`)
  }
  const meaning: Bilingual = { fr: found[0], en: found[1] }
  const width = widths.get(key)
  return { key, label, meaning, ...(width === undefined ? {} : { width }) }
}

/** Of columns whose text is long, so that a printed row stays on two pages. */
const widths: ReadonlyMap<string, number> = new Map([
  ['label', 44],
  ['envelopes', 18],
  ['flags', 28],
  ['href', 24],
])

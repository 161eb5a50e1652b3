import type { Bilingual } from '#core/language.ts'

/**
 * The words of every flag that a reader meets beside a figure (docs/words.md, "Flags"). The
 * codes stay in JSON and CSV; workbooks and the terminal print the label, and a workbook's sheet of
 * exceptions says the sentence too. A flag is never a judgement of a person: `over-spent` says that
 * spending is above what was planned, no more.
 */
export interface FlagWords {
  readonly label: Bilingual
  /** One sentence. */
  readonly meaning: Bilingual
}

type Said = readonly [fr: string, en: string]

const said = ([fr, en]: Said): Bilingual => ({ fr, en })
const flag = (label: Said, meaning: Said): FlagWords => ({
  label: said(label),
  meaning: said(meaning),
})

export const flagWords = {
  'not-applicable': flag(
    ['sans objet', 'not applicable'],
    [
      'La mesure est autofinancée : elle n’a ni budget prévu, ni disponible, ni écart.',
      'The measure is self-funded: it has no planned money, nothing available and no variance.',
    ],
  ),
  absent: flag(
    ['aucun budget prévu', 'nothing planned'],
    [
      'Aucun montant prévu n’est inscrit ici, ce qui n’est pas la même chose que zéro.',
      'No planned amount is recorded here, which is not the same as zero.',
    ],
  ),
  'nothing-recorded': flag(
    ['rien d’inscrit', 'nothing recorded'],
    [
      'Aucun engagement ni aucune dépense n’est inscrit : le pourcentage dépensé n’est pas 0 %, il est inconnu.',
      'No commitment and no expenditure is recorded: the percentage spent is not 0%, it is unknown.',
    ],
  ),
  'not-distributed': flag(
    ['non réparti', 'not distributed'],
    [
      'De l’argent prévu pour toute la durée n’est pas réparti par exercice et reste hors de l’intervalle.',
      'Money planned for the whole term is not distributed by fiscal year and stays out of the range.',
    ],
  ),
  'draws-on-undistributed': flag(
    ['puise dans le non réparti', 'draws on undistributed'],
    [
      'L’exercice n’a pas reçu d’argent, ou pas assez, et puise dans la part non répartie de l’enveloppe.',
      'The year was given no money, or too little, and draws on the undistributed part of the envelope.',
    ],
  ),
  'in-shared-envelope': flag(
    ['dans une enveloppe partagée', 'in a shared envelope'],
    [
      'L’argent de la mesure est dans une enveloppe partagée, comptée une seule fois, sur sa propre ligne.',
      'The measure’s money is in a shared envelope, counted once, on a line of its own.',
    ],
  ),
  derived: flag(
    ['calculé', 'derived'],
    [
      'Répartition en parts égales : un calcul, que personne n’a publié ni décidé.',
      'Spread in equal parts: a calculation, which nobody published or decided.',
    ],
  ),
  'over-spent': flag(
    ['dépensé au-delà du prévu', 'over-spent'],
    ['Les dépenses dépassent l’argent prévu.', 'Spending is above the money that was planned.'],
  ),
  'over-committed': flag(
    ['engagé au-delà du prévu', 'over-committed'],
    [
      'Les engagements et les dépenses dépassent ensemble l’argent prévu.',
      'Commitments and spending together are above the money that was planned.',
    ],
  ),
  'over-share': flag(
    ['au-delà de sa part', 'over its share'],
    [
      'La mesure dépasse sa part de l’enveloppe partagée ou, si elle n’en a pas, ce qui n’est réparti à aucune mesure.',
      'The measure is beyond its share of the envelope or, having none, beyond what is distributed to no measure.',
    ],
  ),
  'spent-without-plan': flag(
    ['dépense sans budget', 'spending without a plan'],
    [
      'De l’argent a été dépensé là où rien n’était prévu.',
      'Money was spent where nothing was planned.',
    ],
  ),
  'outside-term': flag(
    ['hors de la durée', 'outside the term'],
    [
      'La date de service tombe hors des exercices de l’enveloppe ou du plan.',
      'The service date falls outside the fiscal years of the envelope or of the plan.',
    ],
  ),
  'upper-bound': flag(
    ['borne supérieure', 'upper bound'],
    [
      'La source est plus large que l’enveloppe : la dépense montrée est un maximum.',
      'The source is wider than the envelope: the spending shown is a maximum.',
    ],
  ),
  'covers-two-years': flag(
    ['couvre deux exercices', 'covers two years'],
    [
      'Le versement couvre deux exercices et est inscrit en entier à sa date.',
      'The payment covers two fiscal years and is recorded whole at its date.',
    ],
  ),
  'grant-awarded': flag(
    ['octroi publié', 'grant awarded'],
    [
      'Octroi lu dans une source publique et inscrit à la date imprimée, sans pièce de l’organisme.',
      'A grant read in a public source and recorded at the date printed, without the organization’s document.',
    ],
  ),
  'possible-duplicate': flag(
    ['doublon possible', 'possible duplicate'],
    [
      'Une autre dépense a le même organisme, fournisseur, document, montant et la même date.',
      'Another expenditure has the same organization, supplier, document, amount and date.',
    ],
  ),
  'not-a-lead': flag(
    ['organisme non désigné', 'organization not named'],
    [
      'L’organisme qui a inscrit la dépense n’est ni porteur ni collaborateur de la mesure.',
      'The organization that recorded the expenditure is neither a lead nor a collaborator of the measure.',
    ],
  ),
  'late-item': flag(
    ['inscription tardive', 'late item'],
    [
      'Inscrite dans une période d’un autre exercice que celui où le service a été rendu, ou une fois celui-ci fermé.',
      'Recorded in a period of another fiscal year than the one in which the service was rendered, or after that year was closed.',
    ],
  ),
  'ahead-of-time': flag(
    ['en avance sur le temps', 'ahead of time'],
    [
      'La part dépensée est plus grande que la part écoulée de la durée.',
      'The share spent is greater than the share of the term that has gone by.',
    ],
  ),
  'behind-time': flag(
    ['en retard sur le temps', 'behind time'],
    [
      'La part dépensée est plus petite que la part écoulée de la durée.',
      'The share spent is smaller than the share of the term that has gone by.',
    ],
  ),
  'late-source': flag(
    ['source en retard', 'late source'],
    [
      'L’organisme n’a rien inscrit depuis plus de mois que le seuil.',
      'The organization has recorded nothing for more months than the threshold.',
    ],
  ),
} as const satisfies Readonly<Record<string, FlagWords>>

const wordsOfFlag: ReadonlyMap<string, FlagWords> = new Map(Object.entries(flagWords))

/** Undefined for a code that the contract does not list: it is then printed as it is. */
export const flagWordsOf = (code: string): FlagWords | undefined => wordsOfFlag.get(code)
export const flagLabelOf = (code: string): Bilingual | undefined => flagWordsOf(code)?.label

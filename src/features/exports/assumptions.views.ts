import type { SourceDocument } from '#features/programmes/programme.ts'
import type { Sheet } from '#platform/tables/workbook.ts'
import { textOr } from './cells.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * What a federal total takes for granted, with the words it rests on and the money of the range
 * that hangs on it. Effects are not added up: two assumptions can hang on the same money. Those of
 * the relations that are read two ways are, and give the width of the range (see the checks).
 */
const columns = [
  described('code', ['Code', 'Key'], ['Code de l’hypothèse.', 'Code of the assumption.']),
  described(
    'reading',
    ['Lecture', 'Reading'],
    ['Ce qui est tenu pour vrai.', 'What is taken for granted.'],
    60,
  ),
  described(
    'stated',
    ['Énoncée', 'Stated'],
    ['Vrai si la source le dit.', 'True if the source says so.'],
  ),
  described(
    'heldInLow',
    ['Retranchée en lecture basse', 'Taken out in the low reading'],
    [
      'Vrai si la lecture basse n’additionne pas ce montant.',
      'True if the low reading does not add this amount.',
    ],
  ),
  described(
    'heldInChosen',
    ['Retranchée dans le scénario choisi', 'Taken out in the chosen scenario'],
    [
      'Vrai si le scénario choisi n’additionne pas ce montant.',
      'True if the chosen scenario does not add this amount.',
    ],
  ),
  described(
    'effect',
    ['Effet', 'Effect'],
    [
      'Montant prévu de l’intervalle qui en dépend; les effets ne s’additionnent pas.',
      'Planned money of the range that hangs on it; effects are not added up.',
    ],
  ),
  described(
    'citation',
    ['Mots cités', 'Quoted words'],
    ['Les mots sur lesquels elle repose.', 'The words it rests on.'],
    60,
  ),
  described(
    'document',
    ['Document', 'Document'],
    ['Code du document source.', 'Code of the source document.'],
  ),
  described(
    'sha256',
    ['SHA-256 du document', 'Document’s SHA-256'],
    ['Empreinte du document tel que lu.', 'Hash of the document as read.'],
    66,
  ),
]

const title = { fr: 'Hypothèses du total fédéral', en: 'Assumptions of the federal total' }
const intro = {
  fr: 'Changer une hypothèse déplace le total d’exactement son effet.',
  en: 'Switching an assumption moves the total by exactly its effect.',
}

export const assumptionsPlan = ({ assumptions, language }: ComparisonDraft): SheetPlan => ({
  name: sheetNames.assumptions[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns,
  rowCount: assumptions.length,
  hasTotal: false,
})

export const assumptionsSheet = (
  { sources, assumptions, language }: ComparisonDraft,
  places: ComparisonPlaces,
): Sheet =>
  drawn(
    places.assumptions,
    language,
    assumptions.map(({ assumption, document, isHeldInLow, isHeldInChosen }) => {
      const { code, reading, stated, effect, citation } = assumption
      return {
        code: { text: code },
        // Envelopes and quoted words stand in the sentence: it is written as the report has it.
        reading: { text: reading[language] },
        stated: { boolean: stated },
        heldInLow: { boolean: isHeldInLow },
        heldInChosen: { boolean: isHeldInChosen },
        effect: { amount: effect },
        citation: textOr(citation === '' ? null : citation),
        document: textOr(document),
        sha256: textOr(hashOf(document, sources.documents)),
      }
    }),
  )

const hashOf = (code: string | null, documents: readonly SourceDocument[]): string | null =>
  documents.find((document) => document.code === code)?.sha256 ?? null

import type { Bilingual } from '#core/language.ts'
import type { ImportRow, RowState } from './import.ts'

/** What a row of a file is to the record, and why, for whom the file belongs to. */
export const rowStateNames: Readonly<Record<RowState, Bilingual>> = {
  new: { fr: 'nouvelle', en: 'new' },
  duplicate: { fr: 'déjà là', en: 'duplicate' },
  changed: { fr: 'modifiée', en: 'changed' },
  rejected: { fr: 'rejetée', en: 'rejected' },
}

const fields: Readonly<Record<string, Bilingual>> = {
  date: { fr: 'la date', en: 'the date' },
  amount: { fr: 'le montant', en: 'the amount' },
}

/** Why a row is no new expenditure; null for one that is. A rejected row says its own findings. */
export function sameWords({ sameAs, differs }: ImportRow): Bilingual | null {
  if (sameAs === null) {
    return null
  }
  const [other, row] = [sameAs.document ?? '', sameAs.row ?? '']
  const what =
    sameAs.document === null
      ? { fr: `la ligne ${row} de ce fichier`, en: `row ${row} of this file` }
      : { fr: `la dépense ${other}`, en: `expenditure ${other}` }
  if (differs.length === 0) {
    return { fr: `Dit la même chose que ${what.fr}.`, en: `Says the same as ${what.en}.` }
  }
  const by = differs.map((name) => fields[name] ?? { fr: name, en: name })
  return {
    fr: `Diffère de ${what.fr} par ${by.map(({ fr }) => fr).join(' et ')}.`,
    en: `Differs from ${what.en} by ${by.map(({ en }) => en).join(' and ')}.`,
  }
}

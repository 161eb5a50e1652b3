import type { Bilingual, Language } from '#core/language.ts'

/** What a workbook that came back says otherwise, by the kind of the difference. */
export const differenceWords: Readonly<Record<string, Bilingual>> = {
  value: { fr: 'valeur', en: 'value' },
  formula: { fr: 'formule', en: 'formula' },
  'formula-removed': { fr: 'formule remplacée', en: 'formula replaced' },
  'formula-added': { fr: 'formule ajoutée', en: 'formula added' },
  result: { fr: 'résultat de la formule', en: 'result of the formula' },
  format: { fr: 'format de nombre', en: 'number format' },
  'cell-hidden': { fr: 'cellule illisible', en: 'cell nobody can read' },
  'conditional-format': { fr: 'mise en forme conditionnelle', en: 'conditional format' },
  chart: { fr: 'graphique', en: 'chart' },
  drawing: { fr: 'dessin sur les cellules', en: 'drawing over the cells' },
  view: { fr: 'affichage de la feuille', en: 'view of the sheet' },
  link: { fr: 'lien', en: 'link' },
  comment: { fr: 'commentaire', en: 'comment' },
  merged: { fr: 'cellules fusionnées', en: 'merged cells' },
  'row-removed': { fr: 'ligne enlevée', en: 'row removed' },
  'row-added': { fr: 'ligne ajoutée', en: 'row added' },
  'row-moved': { fr: 'ligne déplacée', en: 'row moved' },
  'row-hidden': { fr: 'ligne masquée', en: 'row hidden' },
  'column-hidden': { fr: 'colonne masquée', en: 'column hidden' },
  'sheet-removed': { fr: 'feuille enlevée', en: 'sheet removed' },
  'sheet-added': { fr: 'feuille ajoutée', en: 'sheet added' },
  'sheet-renamed': { fr: 'feuille renommée', en: 'sheet renamed' },
  'sheet-moved': { fr: 'feuille déplacée', en: 'sheet moved' },
  'sheet-hidden': { fr: 'feuille masquée', en: 'sheet hidden' },
  name: { fr: 'nom défini', en: 'defined name' },
  'date-system': { fr: 'calendrier des dates', en: 'date system' },
}

/** A difference as it is told, whatever made it. */
export interface ToldDifference {
  readonly sheet: string | null
  readonly cell: string | null
  readonly kind: string
  readonly file: string | null
  readonly record: string | null
}

/** « Sommaire!C7, valeur : 12,00 au fichier, 13,00 au registre », on one line. */
export function differenceLine(told: ToldDifference, language: Language): string {
  const { sheet, cell, kind } = told
  const workbook = language === 'fr' ? 'classeur' : 'workbook'
  const place = [sheet ?? workbook, ...(cell === null ? [] : [cell])].join('!')
  const words = differenceWords[kind]?.[language] ?? kind
  const [file, record] = shownApart(told).map((side) => (side === null ? '∅' : `«${side}»`))
  return language === 'fr'
    ? `${place}, ${words}\u00a0: fichier ${file}, registre ${record}`
    : `${place}, ${words}: file ${file}, record ${record}`
}

const shownMax = 80
const before = 20

/** Both sides, each cut to where they part; what cannot be seen is written out where they look alike. */
export function shownApart({
  file,
  record,
}: Pick<ToldDifference, 'file' | 'record'>): readonly [file: string | null, record: string | null] {
  const [one, other] = [file ?? '', record ?? '']
  const isAlike = bare(one) === bare(other)
  const at = [...one].findIndex((character, place) => character !== [...other][place])
  const from = Math.max(0, (at < 0 ? Math.min([...one].length, [...other].length) : at) - before)
  const shown = (text: string | null): string | null => {
    if (text === null) {
      return null
    }
    const characters = [...text]
    const start = characters.length > shownMax ? from : 0
    const cut = characters.slice(start, start + shownMax).join('')
    const whole = `${start > 0 ? '…' : ''}${cut}${start + shownMax < characters.length ? '…' : ''}`
    return whole.replaceAll(isAlike ? unseen : controls, writtenOut)
  }
  return [shown(file), shown(record)]
}

const unseen = /[\p{C}\p{M}]|(?! )\p{Z}/gu
const controls = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/[\p{C}\p{Z}]/gu, '')

const writtenOut = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

import { excerpt } from '#core/excerpt.ts'
import type { Bilingual } from '#core/language.ts'

/**
 * What is said of a field that does not match its schema. Figures are spaced as each language
 * prints them; a text of the caller's is repeated only as an excerpt.
 */
export const fieldMissing: Bilingual = {
  fr: 'Ce champ est requis.',
  en: 'This field is needed.',
}
export const valueMalformed: Bilingual = {
  fr: 'Cette valeur n’a pas la forme attendue.',
  en: 'This value is not in the expected form.',
}
export const notPositive: Bilingual = {
  fr: 'Le montant doit être supérieur à zéro.',
  en: 'The amount must be greater than zero.',
}
export const controlCharacter: Bilingual = {
  fr: 'Le texte contient un caractère de commande. Seuls le saut de ligne et la tabulation sont permis.',
  en: 'The text contains a control character. Only line feeds and tabs are allowed.',
}
export const loneSurrogate: Bilingual = {
  fr: 'Le texte contient la moitié d’un caractère (demi-codet UTF-16 isolé).',
  en: 'The text contains half a character (a lone UTF-16 surrogate).',
}
export const textEmpty: Bilingual = {
  fr: 'Le texte ne peut pas être vide.',
  en: 'The text cannot be empty.',
}

export const unknownField = (name: string): Bilingual => ({
  fr: `Le champ «\u00a0${excerpt(name)}\u00a0» n’est pas reconnu.`,
  en: `The field “${excerpt(name)}” is not known.`,
})

export const notAllowed = (values: readonly unknown[]): Bilingual => ({
  fr: `Cette valeur n’est pas permise. Valeurs possibles\u00a0: ${values.join(', ')}.`,
  en: `This value is not allowed. Possible values: ${values.join(', ')}.`,
})

const types: Readonly<Record<string, Bilingual>> = {
  string: { fr: 'un texte entre guillemets', en: 'text in quotation marks' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  record: { fr: 'un objet', en: 'an object' },
  null: { fr: 'null', en: 'null' },
}

export function wrongType(expected: string): Bilingual {
  const type = types[expected]
  return type === undefined
    ? {
        fr: 'La valeur n’est pas du type attendu.',
        en: 'The value is not of the expected type.',
      }
    : { fr: `La valeur doit être ${type.fr}.`, en: `The value must be ${type.en}.` }
}

/** `unit`: of a text its characters, of a list its items, of a number itself. */
export type Bound = 'most' | 'least'
export type Unit = 'characters' | 'items' | 'number'

export function outOfBounds(bound: Bound, unit: Unit, limit: number | bigint): Bilingual {
  const fr = limit.toLocaleString('fr-CA')
  const en = limit.toLocaleString('en-CA')
  const isMost = bound === 'most'
  switch (unit) {
    case 'characters':
      return {
        fr: `Le texte doit compter au ${isMost ? 'plus' : 'moins'} ${fr} caractère${plural(limit)}.`,
        en: `The text must have at ${bound} ${en} character${plural(limit)}.`,
      }
    case 'items':
      return {
        fr: `La liste doit compter au ${isMost ? 'plus' : 'moins'} ${fr} élément${plural(limit)}.`,
        en: `The list must have at ${bound} ${en} item${plural(limit)}.`,
      }
    case 'number':
      return {
        fr: `Le nombre doit être d’au ${isMost ? 'plus' : 'moins'} ${fr}.`,
        en: `The number must be at ${bound} ${en}.`,
      }
  }
}

const plural = (count: number | bigint): string => (count > 1 ? 's' : '')

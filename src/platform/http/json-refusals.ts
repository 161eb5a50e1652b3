import type { Bilingual } from '#core/language.ts'

/**
 * Why a body is not taken as JSON, by stable code. Each is something that one reader of the same
 * bytes takes one way and another reader otherwise, or that the database cannot keep.
 */
export const jsonRefusals = {
  'http/body-missing': {
    fr: 'Le corps de la requête est vide. Envoyez un objet JSON.',
    en: 'The body of the request is empty. Send a JSON object.',
  },
  'http/malformed-json': {
    fr: 'Le corps de la requête n’est pas un texte JSON bien formé.',
    en: 'The body of the request is not well-formed JSON.',
  },
  'http/json-not-utf8': {
    fr: 'Le corps de la requête n’est pas encodé en UTF-8.',
    en: 'The body of the request is not encoded in UTF-8.',
  },
  'http/json-bom': {
    fr: 'Le corps de la requête commence par un indicateur d’ordre des octets (BOM). Retirez-le.',
    en: 'The body of the request starts with a byte order mark (BOM). Remove it.',
  },
  'http/json-nul': {
    fr: 'Le corps de la requête contient un caractère nul (U+0000). Retirez-le.',
    en: 'The body of the request contains a null character (U+0000). Remove it.',
  },
  'http/json-lone-surrogate': {
    fr: 'Un texte contient la moitié d’un caractère (demi-codet UTF-16 isolé). Corrigez-le.',
    en: 'A text contains half a character (a lone UTF-16 surrogate). Correct it.',
  },
  'http/json-duplicate-key': {
    fr: 'Le même nom figure deux fois dans un objet. N’en gardez qu’un.',
    en: 'The same name appears twice in one object. Keep only one.',
  },
  'http/json-forbidden-key': {
    fr: 'Un objet porte un nom réservé\u00a0: __proto__, constructor ou prototype.',
    en: 'An object uses a reserved name: __proto__, constructor or prototype.',
  },
  'http/json-too-deep': {
    fr: 'Le corps de la requête a plus de 32 niveaux d’imbrication.',
    en: 'The body of the request is nested more than 32 levels deep.',
  },
  'http/json-number': {
    fr: 'Un nombre est trop grand pour être représenté.',
    en: 'A number is too large to be represented.',
  },
} as const satisfies Record<string, Bilingual>

export type JsonRefusal = keyof typeof jsonRefusals

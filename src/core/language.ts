/**
 * The two languages of the service. French is canonical; whatever a person reads exists in both.
 * A `Bilingual` is one sentence or label said twice, never a translation key.
 */
export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

export interface Bilingual {
  readonly fr: string
  readonly en: string
}

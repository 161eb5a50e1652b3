import type { ComponentChildren } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'

/**
 * What a view makes and what it is told. A view is a pure function of data and of the screen it is
 * for; the frame around it (navigation, language switch, who is signed in) is not its affair.
 */
export interface Page {
  readonly title: Bilingual
  readonly main: ComponentChildren
  /** Of figures: where they stand in the record; printed in the footer. */
  readonly standing?: Standing
}

export interface Standing {
  readonly position: number
  /** ISO instant. */
  readonly positionAt: string
}

export interface Screen {
  readonly language: Language
  /** Path and query without the language: `/reconciliation?by=axis`. */
  readonly address: string
  readonly navigation: readonly NavigationGroup[]
  readonly form: FormState
}

/** What a form of this screen carries, and what was typed into it when it comes back refused. */
export interface FormState {
  /** Proves that the form is of a page of ours; null where nobody is signed in. */
  readonly csrf: string | null
  /** Sent twice, it is done once. */
  readonly key: string
  readonly typed: Typed
  readonly problem: Problem | null
}

/** By name of the field: `amount`, `lines.0.amount`. Several where a name was sent several times. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

export interface NavigationGroup {
  readonly words: Bilingual
  readonly entries: readonly NavigationEntry[]
}

export interface NavigationEntry {
  /** Without the language: `/reconciliation`. */
  readonly path: string
  readonly words: Bilingual
}

/** What stands around every page of a signed-in person; nobody's has no navigation. */
export interface Frame {
  readonly navigation: readonly NavigationGroup[]
  /** Null before anybody is signed in. */
  readonly person: string | null
  readonly csrf: string | null
}

export const bareFrame: Frame = { navigation: [], person: null, csrf: null }

/** `/reconciliation` as its address in a language; `/` is the home page. */
export const pathIn = (language: Language, path: string): string =>
  `/${language}${path.replace(/^\/(?=$|\?)/, '')}`

/** Whether the reader is offered this page, by its path without the language. */
export const isOffered = ({ navigation }: Screen, page: string): boolean =>
  navigation.some(({ entries }) => entries.some(({ path }) => path === page))

/** What a field holds: what was typed when its form comes back, else the value it begins with. */
export function shownIn(form: FormState, name: string, otherwise: string): string {
  if (form.problem === null) {
    return otherwise
  }
  const typed = Object.hasOwn(form.typed, name) ? form.typed[name] : undefined
  return (typeof typed === 'string' ? typed : typed?.[0]) ?? ''
}

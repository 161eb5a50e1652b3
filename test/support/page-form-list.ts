import { languages } from '#core/language.ts'
import { roles } from '#features/identity/actor.ts'
import type { BusyApp } from './busy-app.ts'
import { pageRoutes, walk } from './crawl.ts'
import { type Element, elementsOf } from './html.ts'
import { visitor } from './pages.ts'

/** A form that somebody comes to: where it goes, and what its page puts into it. */
export interface FoundForm {
  readonly action: string
  /** The cookie of who came to it. */
  readonly cookie: string | undefined
  readonly takesFile: boolean
  /** By name, what stands there before anything is typed. */
  readonly fields: Readonly<Record<string, string>>
  /** Names of those that a person types into. */
  readonly texts: readonly string[]
}

/** Every form that changes something, once for each set of fields, in the first language. */
export async function formsOf(busy: BusyApp): Promise<readonly FoundForm[]> {
  const routes = pageRoutes(busy.routes)
  const found = new Map<string, FoundForm>()
  for (const cookie of [undefined, ...roles.map((role) => busy.cookies[role])]) {
    const { pages } = await walk(visitor(busy.app, cookie), routes, languages[0])
    for (const form of pages.flatMap(({ root }) => postForms(root))) {
      const { action = '', enctype } = form.attributes
      const controls = elementsOf(form, isControl)
      const fields = Object.fromEntries(controls.map(filledIn))
      const texts = controls.filter(isTyped).map(({ attributes }) => attributes.name ?? '')
      const shape = `${action.replaceAll(/[0-9a-f-]{36}/g, '')} ${Object.keys(fields).sort()}`
      if (!action.endsWith('/sign-out') && !found.has(shape)) {
        found.set(shape, { action, cookie, takesFile: enctype !== undefined, fields, texts })
      }
    }
  }
  return [...found.values()]
}

const postForms = (root: Element): readonly Element[] =>
  elementsOf(root, ({ name, attributes }) => name === 'form' && attributes.method === 'post')

const isControl = ({ name, attributes }: Element): boolean =>
  ['input', 'select', 'textarea'].includes(name) && attributes.name !== undefined

const notTyped = ['hidden', 'checkbox', 'radio', 'file', 'submit']
const isTyped = ({ name, attributes }: Element): boolean =>
  name === 'textarea' || (name === 'input' && !notTyped.includes(attributes.type ?? 'text'))

function filledIn(control: Element): readonly [string, string] {
  const { name = '', value = '' } = control.attributes
  const options = elementsOf(control, (each) => each.name === 'option')
  const chosen = options.find(({ attributes }) => attributes.selected !== undefined) ?? options[0]
  const [text = ''] = control.name === 'textarea' ? control.children : []
  return [
    name,
    chosen?.attributes.value ?? (typeof text === 'string' && text !== '' ? text : value),
  ]
}

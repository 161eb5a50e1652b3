import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { idOf, issuesAt } from './forms.tsx'
import { type Screen, shownIn } from './page.ts'

interface CellProps {
  readonly screen: Screen
  readonly name: string
  /** Said, not shown: the heading of the column is there to see. */
  readonly label: string
}

/** A field inside a table: what is wrong with it stands in its cell. */
export function CellField({
  screen,
  name,
  label,
  value = '',
  list,
}: CellProps & { readonly value?: string; readonly list?: string }): VNode {
  const id = idOf(name)
  const isWrong = issuesAt(screen.form, name).length > 0
  return (
    <>
      <input
        type="text"
        id={id}
        name={name}
        aria-label={label}
        autocomplete="off"
        list={list}
        value={shownIn(screen.form, name, value)}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
      />
      <CellError screen={screen} name={name} />
    </>
  )
}

interface CheckProps extends CellProps {
  readonly value: string
  /** Before anybody chose. */
  readonly isChosen?: boolean
}

/** Chooses its row. Unchecked it is not sent; a form that comes back keeps what was checked. */
export function CheckCell({ screen, name, label, value, isChosen = false }: CheckProps): VNode {
  const { form } = screen
  const id = idOf(name)
  const isWrong = issuesAt(form, name).length > 0
  // Another form of the page may be the one that came back.
  const list = name.slice(0, name.lastIndexOf('.') + 1)
  const isBack =
    form.problem !== null && Object.keys(form.typed).some((key) => key.startsWith(list))
  return (
    <>
      <input
        type="checkbox"
        id={id}
        name={name}
        value={value}
        aria-label={label}
        checked={isBack ? Object.hasOwn(form.typed, name) : isChosen}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
      />
      <CellError screen={screen} name={name} />
    </>
  )
}

export function CellError({ screen, name }: Omit<CellProps, 'label'>): VNode | null {
  const issues = issuesAt(screen.form, name)
  return issues.length === 0 ? null : (
    <p id={`${idOf(name)}-error`} class="error">
      {issues.map(({ detail }) => say(detail, screen.language)).join(' ')}
    </p>
  )
}

/** Facts in pairs: what it is, and what it says. */
export function Facts({
  facts,
  language,
}: {
  readonly facts: readonly (readonly [label: Bilingual, value: VNode | string | null])[]
  readonly language: Screen['language']
}): VNode {
  return (
    <dl>
      {facts.flatMap(([label, value]) =>
        value === null
          ? []
          : [
              <dt key={label.en}>{say(label, language)}</dt>,
              <dd key={`${label.en} value`}>{value}</dd>,
            ],
      )}
    </dl>
  )
}

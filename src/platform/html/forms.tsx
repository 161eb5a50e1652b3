import type { ComponentChildren, VNode } from 'preact'
import type { Issue } from '#core/issues.ts'
import type { Bilingual, Language } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { type FormState, pathIn, type Screen, shownIn } from './page.ts'

/**
 * Forms that work without a script. A field's name is its place in the body (`amount`,
 * `lines.0.amount`), so that an issue at `/lines/0/amount` stands beside its field; the screen
 * brings back what was typed and what was wrong, and a view repeats nothing of that.
 */
const words = {
  wrong: { fr: 'À corriger', en: 'To correct' },
  optional: { fr: 'facultatif', en: 'optional' },
} satisfies Record<string, Bilingual>

interface FormProps {
  readonly screen: Screen
  /** Without the language: `/expenditures/new`. */
  readonly action: string
  /** Of the document that is shown; sent back, so that one changes what one saw. */
  readonly version?: number
  /** Takes a file. */
  readonly file?: boolean
  readonly class?: string
  readonly children: ComponentChildren
}

/** A form that changes something. */
export function Form({ screen, action, version, file, children, ...rest }: FormProps): VNode {
  const { language, form } = screen
  return (
    <form
      method="post"
      action={pathIn(language, action)}
      enctype={file === true ? 'multipart/form-data' : undefined}
      class={rest.class ?? 'fields'}
      novalidate
    >
      {form.csrf !== null && <input type="hidden" name="csrf" value={form.csrf} />}
      <input type="hidden" name="key" value={form.key} />
      {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
      {children}
    </form>
  )
}

/** A form that asks: its fields become the address. */
export function Search({
  screen,
  action,
  children,
}: Pick<FormProps, 'screen' | 'action' | 'children'>): VNode {
  return (
    <form method="get" action={pathIn(screen.language, action)} class="search">
      {children}
    </form>
  )
}

const nameOf = ({ pointer }: Issue): string => pointer.slice(1).replaceAll('/', '.')
export const idOf = (name: string): string => `f-${name.replaceAll('.', '-')}`

/** A name that the form never had has no field to go to, and neither has a row of a file. */
const hasField = ({ pointer, code, row }: Issue): boolean =>
  pointer !== '' && row === undefined && code !== 'input/unknown-field'

export const issuesAt = ({ problem }: FormState, name: string): readonly Issue[] =>
  (problem?.issues ?? []).filter((issue) => nameOf(issue) === name)

interface SummaryProps {
  readonly screen: Screen
  /** By name of the field: what the form calls it. */
  readonly labels?: Readonly<Record<string, Bilingual>>
}

/** On top of a page whose form was refused: what is wrong, each with a link to its field. */
export function ErrorSummary({ screen, labels = {} }: SummaryProps): VNode | null {
  const { language, form } = screen
  const { problem } = form
  if (problem === null) {
    return null
  }
  return (
    <div class="errors" role="alert" tabIndex={-1} id="errors">
      <h2>{say(words.wrong, language)}</h2>
      <p>{say(problem.sentence, language)}</p>
      {problem.issues.length > 0 && (
        <ul>
          {problem.issues.map((issue) => (
            <li key={`${issue.pointer} ${issue.code}`}>
              {hasField(issue) ? (
                <a href={`#${idOf(nameOf(issue))}`}>{sentenceOf(issue, labels, language)}</a>
              ) : (
                `${placeOf(issue, language)}${say(issue.detail, language)}`
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** `Ligne 4, « montant » : `, as the author of the file sees it. */
export function placeOf({ row, column }: Issue, language: Language): string {
  if (row === undefined) {
    return ''
  }
  return language === 'fr'
    ? `Ligne ${row}${column === undefined ? '' : `, «\u00a0${column}\u00a0»`}\u00a0: `
    : `Row ${row}${column === undefined ? '' : `, “${column}”`}: `
}

/** `Montant : Ce champ est requis.` */
function sentenceOf(
  issue: Issue,
  labels: Readonly<Record<string, Bilingual>>,
  language: Language,
): string {
  const label = labels[nameOf(issue)]
  const colon = language === 'fr' ? '\u00a0:' : ':'
  const sentence = say(issue.detail, language)
  return label === undefined ? sentence : `${say(label, language)}${colon} ${sentence}`
}

interface LabelledProps {
  readonly screen: Screen
  readonly name: string
  readonly label: Bilingual
  readonly hint?: Bilingual
  readonly optional?: boolean
  /** Of its own where several fields of a form have one name. */
  readonly id?: string
}

export interface FieldProps extends LabelledProps {
  /** What stands there before anything was typed. */
  readonly value?: string
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'search' | 'file'
  readonly inputMode?: 'decimal' | 'numeric'
  readonly autocomplete?: string
  readonly list?: string
  readonly autofocus?: boolean
}

/** The types of preact tie what an input takes to the kind it is; ours all take the same. */
const kindOf = (type: string) => ({ type }) as { readonly type: 'text' }

export function Field(props: FieldProps): VNode {
  const { screen, name, value = '', type = 'text', inputMode, autocomplete, list } = props
  return (
    <Labelled {...props}>
      {(attributes) => (
        <input
          {...attributes}
          {...kindOf(type)}
          value={
            type === 'password' || type === 'file' ? undefined : shownIn(screen.form, name, value)
          }
          inputMode={inputMode}
          autocomplete={type === 'file' ? undefined : (autocomplete ?? 'off')}
          list={list}
          autofocus={props.autofocus}
        />
      )}
    </Labelled>
  )
}

export function TextArea(props: LabelledProps & { readonly value?: string; rows?: number }): VNode {
  const { screen, name, value = '', rows = 3 } = props
  return (
    <Labelled {...props}>
      {(attributes) => (
        // A line break right after the tag is not part of the text.
        <textarea {...attributes} rows={rows}>
          {`\n${shownIn(screen.form, name, value)}`}
        </textarea>
      )}
    </Labelled>
  )
}

export interface Option {
  readonly value: string
  readonly words: Bilingual | string
}

export function Select(
  props: LabelledProps & { readonly value?: string; readonly options: readonly Option[] },
): VNode {
  const { screen, name, value = '', options } = props
  const chosen = shownIn(screen.form, name, value)
  return (
    <Labelled {...props}>
      {(attributes) => (
        <select {...attributes}>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === chosen}>
              {typeof option.words === 'string' ? option.words : say(option.words, screen.language)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface ControlAttributes {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: 'true'
}

function Labelled({
  screen,
  name,
  label,
  hint,
  optional,
  id = idOf(name),
  children,
}: LabelledProps & { readonly children: (attributes: ControlAttributes) => VNode }): VNode {
  const { language, form } = screen
  const issues = issuesAt(form, name)
  const describedBy = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(issues.length === 0 ? [] : [`${id}-error`]),
  ].join(' ')
  return (
    <div class="field">
      <label for={id}>
        {say(label, language)}
        {optional === true && <small> ({say(words.optional, language)})</small>}
      </label>
      {hint !== undefined && (
        <small id={`${id}-hint`} class="hint">
          {say(hint, language)}
        </small>
      )}
      {issues.length > 0 && (
        <p id={`${id}-error`} class="error">
          {issues.map(({ detail }) => say(detail, language)).join(' ')}
        </p>
      )}
      {children({
        id,
        name,
        ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
        ...(issues.length === 0 ? {} : { 'aria-invalid': 'true' as const }),
      })}
    </div>
  )
}

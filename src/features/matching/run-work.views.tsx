import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { isZero, money } from '#core/money.ts'
import { Field, Form, Select } from '#platform/html/forms.tsx'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { causeNames } from './matching.table.ts'
import { causes } from './run.ts'
import { lineText } from './run-proposals.views.tsx'
import type { OpenRow, OpenSpending, RunView } from './run-view.ts'

const words = {
  title: { fr: 'Ce qui est ouvert', en: 'What is open' },
  hint: {
    fr: 'Cochez des lignes, puis appariez-les ou dites pourquoi elles restent ouvertes et qui s’en occupe.',
    en: 'Check some lines, then match them or say why they stay open and who sees to it.',
  },
  extract: { fr: 'Extrait', en: 'Extract' },
  journal: { fr: 'Journal', en: 'Journal' },
  residuals: { fr: 'Écarts résiduels sans cause', en: 'Residuals without a cause' },
  none: { fr: 'Rien d’ouvert de ce côté.', en: 'Nothing open on this side.' },
  row: { fr: 'Ligne', en: 'Row' },
  open: { fr: 'ouvrir la dépense', en: 'open the expenditure' },
  age: { fr: 'jours', en: 'days' },
  near: { fr: 'Le plus proche', en: 'Nearest' },
  cause: { fr: 'Cause', en: 'Cause' },
  owner: { fr: 'Responsable', en: 'Owner' },
  ownerHint: { fr: 'Courriel de la personne qui s’en occupe.', en: 'E-mail of who sees to it.' },
  note: { fr: 'Note', en: 'Note' },
  reason: { fr: 'Motif', en: 'Reason' },
  reasonHint: { fr: 'Pourquoi elles vont ensemble.', en: 'Why they belong together.' },
  match: { fr: 'Apparier les lignes cochées', en: 'Match the checked lines' },
  explain: { fr: 'Expliquer les lignes cochées', en: 'Explain the checked lines' },
  choose: { fr: 'choisir', en: 'choose' },
} satisfies Record<string, Bilingual>

export const workLabels: Readonly<Record<string, Bilingual>> = {
  cause: words.cause,
  owner: words.owner,
  note: words.note,
  reason: words.reason,
  extractRow: words.row,
}

interface WorkProps {
  readonly view: RunView
  readonly screen: Screen
}

/** Two columns of what is open; lines that are checked are joined, or given a cause. */
export function Work({ view, screen }: WorkProps): VNode {
  const { language } = screen
  const { may, facts, id } = view
  const sides = (
    <div class="sides">
      <Side view={view} screen={screen} side="extract" />
      <Side view={view} screen={screen} side="journal" />
    </div>
  )
  return (
    <section>
      <h2>{say(words.title, language)}</h2>
      {may.prepare ? (
        <>
          <p class="hint">{say(words.hint, language)}</p>
          <Form screen={screen} action={`/matching/${id}`} version={facts.version} class="work">
            {sides}
            <Residuals view={view} screen={screen} />
            <Steps screen={screen} />
          </Form>
        </>
      ) : (
        sides
      )}
    </section>
  )
}

function Side({ view, screen, side }: WorkProps & { side: 'extract' | 'journal' }): VNode {
  const { language } = screen
  const lines = view[side]
  const all = side === 'extract' ? view.facts.unmatchedExtract : view.facts.unmatchedJournal
  return (
    <section>
      <h3>
        {say(words[side], language)} ({formatCount(all.length, language)})
      </h3>
      {lines.length === 0 && <p>{say(words.none, language)}</p>}
      <ul class="lines">
        {lines.map((line, at) =>
          'row' in line ? (
            <Row key={line.row} at={at} line={line} view={view} screen={screen} />
          ) : (
            <Spending key={line.expenditure} at={at} line={line} view={view} screen={screen} />
          ),
        )}
      </ul>
    </section>
  )
}

function Row({ line, at, view, screen }: WorkProps & { line: OpenRow; at: number }): VNode {
  const said = view.rows.get(line.row)
  const text = said === undefined ? line.document : lineText(said, screen)
  const [near] = line.candidates
  const other = near === undefined ? undefined : view.spending.get(near.expenditure)
  return (
    <li>
      <Choice
        view={view}
        screen={screen}
        name="extractRows"
        at={at}
        value={String(line.row)}
        text={`${say(words.row, screen.language)} ${line.row} · ${text}`}
      />
      <About line={line} near={other && lineText(other, screen)} screen={screen} />
    </li>
  )
}

function Spending({
  line,
  at,
  view,
  screen,
}: WorkProps & { line: OpenSpending; at: number }): VNode {
  const { language, navigation } = screen
  const said = view.spending.get(line.expenditure)
  const [near] = line.candidates
  const other = near === undefined ? undefined : view.rows.get(near.row)
  const text = said === undefined ? line.document : lineText(said, screen)
  const isThere = navigation.some(({ entries }) =>
    entries.some(({ path }) => path === '/expenditures'),
  )
  return (
    <li>
      <Choice
        view={view}
        screen={screen}
        name="expenditures"
        at={at}
        value={line.expenditure}
        text={text}
      />
      {isThere && ' '}
      {isThere && (
        <a
          href={pathIn(language, `/expenditures/${line.expenditure}`)}
          aria-label={`${say(words.open, language)} ${line.document}`}
        >
          {say(words.open, language)}
        </a>
      )}
      <About line={line} near={other && lineText(other, screen)} screen={screen} />
    </li>
  )
}

interface ChoiceProps extends WorkProps {
  readonly name: 'extractRows' | 'expenditures' | 'residuals'
  /** Its place in the list. */
  readonly at: number
  readonly value: string
  readonly text: string
}

function Choice({ view, screen: { form }, name, at, value, text }: ChoiceProps): VNode {
  const typed = [form.typed[name] ?? []].flat()
  const isChecked = form.problem !== null && typed.includes(value)
  return view.may.prepare ? (
    <label class="check">
      <input type="checkbox" name={`${name}.${at}`} value={value} checked={isChecked} /> {text}
    </label>
  ) : (
    <strong>{text}</strong>
  )
}

interface AboutProps {
  readonly line: OpenRow | OpenSpending
  readonly near: string | undefined
  readonly screen: Screen
}

/** Its cause and owner where it has them; else how old it is, and why the nearest is no match. */
function About({ line, near, screen: { language } }: AboutProps): VNode {
  const [candidate] = line.candidates
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  return (
    <small class="hint">
      {line.cause !== null &&
        `${say(words.cause, language)}${colon}${say(causeNames[line.cause], language)}, ${line.owner}. ${line.note ?? ''} `}
      {formatCount(line.age, language)} {say(words.age, language)}
      {candidate !== undefined &&
        ` · ${say(words.near, language)}${colon}${near ?? ''} – ${candidate.why}`}
    </small>
  )
}

function Residuals({ view, screen }: WorkProps): VNode | null {
  const { language } = screen
  const waiting = view.matches.filter(
    ({ residual, cause }) => cause === null && !isZero(money(residual)),
  )
  return waiting.length === 0 ? null : (
    <section>
      <h3>{say(words.residuals, language)}</h3>
      <ul class="lines">
        {waiting.map(({ id, residual, extractRows }, at) => (
          <li key={id}>
            <Choice
              view={view}
              screen={screen}
              name="residuals"
              at={at}
              value={id}
              text={`${say(words.row, language)} ${extractRows.join(', ')} · ${formatAmount(money(residual), language)}`}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Steps({ screen }: { screen: Screen }): VNode {
  const { language } = screen
  const field = (name: 'reason' | 'cause' | 'owner' | 'note') => ({
    screen,
    name,
    label: words[name],
  })
  return (
    <div class="sides">
      <div class="fields">
        <Field {...field('reason')} hint={words.reasonHint} />
        <p>
          <button type="submit" name="step" value="match">
            {say(words.match, language)}
          </button>
        </p>
      </div>
      <div class="fields">
        <Select
          {...field('cause')}
          options={[
            { value: '', words: words.choose },
            ...causes.map((cause) => ({ value: cause, words: causeNames[cause] })),
          ]}
        />
        <Field {...field('owner')} hint={words.ownerHint} />
        <Field {...field('note')} optional />
        <p>
          <button type="submit" name="step" value="explain">
            {say(words.explain, language)}
          </button>
        </p>
      </div>
    </div>
  )
}

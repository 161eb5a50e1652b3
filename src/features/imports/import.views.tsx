import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, placeOf } from '#platform/html/forms.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { formatInstant, say } from '#platform/i18n/format.ts'
import { type ImportBatch, type ImportRow, importFacts, type RowState } from './import.ts'
import { listedOf } from './import-counts.ts'
import { ImportCounts } from './import-counts.views.tsx'
import type { ImportStep, NextSteps } from './import-next.ts'
import { ImportRows } from './import-rows.views.tsx'
import { importStateNames } from './import-rules.ts'
import { type PlainStep, stepWords } from './import-step.views.tsx'
import { understoodLines } from './understood.ts'

const words = {
  nothing: {
    fr: 'Aperçu : rien n’est encore inscrit. Vérifiez ce qui a été compris, puis confirmez.',
    en: 'Preview: nothing is recorded yet. Check what was understood, then confirm.',
  },
  state: { fr: 'État', en: 'State' },
  brought: { fr: 'Importé par', en: 'Imported by' },
  confirmed: { fr: 'Confirmé par', en: 'Confirmed by' },
  submitted: { fr: 'Soumis par', en: 'Submitted by' },
  approved: { fr: 'Approuvé par', en: 'Approved by' },
  reversed: { fr: 'Contre-passation demandée par', en: 'Reversal asked by' },
  understood: { fr: 'Ce qui a été compris du fichier', en: 'What was understood of the file' },
  otherwise: { fr: 'Lire autrement', en: 'Read it otherwise' },
  findings: { fr: 'À remarquer', en: 'Worth noticing' },
  rows: { fr: 'lignes', en: 'rows' },
  confirmAll: { fr: 'Confirmer tout le fichier', en: 'Confirm the whole file' },
  confirmChosen: { fr: 'Confirmer les lignes choisies', en: 'Confirm the chosen rows' },
  ranges: { fr: 'Autres lignes à prendre', en: 'Other rows to take' },
  rangesHint: {
    fr: 'Numéros du fichier, pour les lignes d’une autre page : 502-640, 655.',
    en: 'Numbers of the file, for rows of another page: 502-640, 655.',
  },
  submit: { fr: 'Soumettre aussitôt à l’approbation', en: 'Submit for approval at once' },
  errors: { fr: 'Classeur des lignes rejetées', en: 'Workbook of the rejected rows' },
  errorsHint: {
    fr: 'Corrigez les lignes dans le classeur, puis importez-le.',
    en: 'Correct the rows in the workbook, then import it.',
  },
  ownWork: {
    fr: 'C’est votre travail : une autre personne doit décider de la suite.',
    en: 'This is your own work: somebody else must decide what comes next.',
  },
  done: { fr: 'C’est fait.', en: 'Done.' },
  back: { fr: 'Tous les imports', en: 'All imports' },
  next: { fr: 'Lignes suivantes', en: 'Next rows' },
} satisfies Record<string, Bilingual>

export interface ImportView {
  readonly batch: ImportBatch
  readonly rows: readonly ImportRow[]
  readonly shown: RowState | undefined
  /** Number of the last row that is shown; null where no other follows. */
  readonly nextAfter: number | null
  readonly recorded: ReadonlySet<string>
  readonly next: NextSteps
  readonly isDone: boolean
}

export function importPage(view: ImportView, screen: Screen): Page {
  const { batch, next, isDone } = view
  const { language } = screen
  return {
    title: {
      fr: `Import de «\u00a0${batch.file.name}\u00a0»`,
      en: `Import of “${batch.file.name}”`,
    },
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ ranges: words.ranges }} />
        {isDone && (
          <p class="notice" role="status">
            {say(words.done, language)}
          </p>
        )}
        {batch.state === 'previewed' && <p class="notice">{say(words.nothing, language)}</p>}
        <Standing batch={batch} language={language} />
        <Ways batch={batch} next={next} language={language} />
        <ImportCounts batch={batch} language={language} />
        <Findings batch={batch} language={language} />
        <Rows view={view} screen={screen} />
        <Understood view={view} screen={screen} />
        <p>
          <a href={pathIn(language, '/imports')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

function Standing({ batch, language }: { batch: ImportBatch; language: Language }): VNode {
  const people = [
    [words.brought, batch.preparedBy],
    [words.confirmed, batch.confirmed?.by],
    [words.submitted, batch.submittedBy],
    [words.approved, batch.approvedBy],
    [words.reversed, batch.reversal?.askedBy],
  ] as const
  return (
    <dl>
      <dt>{say(words.state, language)}</dt>
      <dd>
        <strong>{say(importStateNames[batch.state], language)}</strong>
      </dd>
      {people.flatMap(([label, person]) =>
        person == null
          ? []
          : [
              <dt key={label.en}>{say(label, language)}</dt>,
              <dd key={`${label.en} who`}>
                {person}
                {label === words.brought && (
                  <>
                    {', '}
                    <time dateTime={batch.createdAt}>
                      {formatInstant(batch.createdAt, language)}
                    </time>
                  </>
                )}
                {label === words.reversed && ` – ${batch.reversal?.reason}`}
              </dd>,
            ],
      )}
    </dl>
  )
}

const isPlain = (step: ImportStep): step is PlainStep => step !== 'confirm' && step !== 'read-again'

function Ways(props: { batch: ImportBatch; next: NextSteps; language: Language }): VNode {
  const { batch, next, language } = props
  return (
    <>
      {next.isOwnWork && <p>{say(words.ownWork, language)}</p>}
      <p class="ways">
        {next.steps.filter(isPlain).map((step) => (
          <>
            <a
              key={step}
              class="button quiet"
              href={pathIn(language, `/imports/${batch.id}/${step}`)}
            >
              {say(stepWords[step].label, language)}
            </a>{' '}
          </>
        ))}
        {batch.tallies.rejected.rows > 0 && (
          <>
            <a href={pathIn(language, `/imports/${batch.id}/errors.xlsx`)}>
              {say(words.errors, language)}
            </a>{' '}
            {say(words.errorsHint, language)}
          </>
        )}
      </p>
    </>
  )
}

function Findings({ batch, language }: { batch: ImportBatch; language: Language }): VNode | null {
  if (batch.findings.length === 0) {
    return null
  }
  return (
    <section>
      <h2>{say(words.findings, language)}</h2>
      <ul>
        {batch.findings.map((finding) => (
          <li key={`${finding.code} ${finding.row}`}>
            {placeOf(finding, language)}
            {say(finding.detail, language)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Rows({ view, screen }: { view: ImportView; screen: Screen }): VNode {
  const { batch, rows, shown, recorded, nextAfter, next } = view
  const { language } = screen
  const isChoosable = next.steps.includes('confirm')
  const listed = <ImportRows view={{ rows, recorded, isChoosable }} screen={screen} />
  const { count, total } = listedOf(batch, shown)
  return (
    <>
      <Files
        language={language}
        path={`/imports/${batch.id}/rows`}
        query={shown === undefined ? '' : `?state=${shown}`}
      />
      <ListTotal count={count} total={total} words={words.rows} language={language} />
      {isChoosable ? (
        <Form screen={screen} action={`/imports/${batch.id}`} version={batch.version} class="rows">
          {listed}
          <Confirm batch={batch} screen={screen} hasMore={count > rows.length} />
        </Form>
      ) : (
        listed
      )}
      {nextAfter !== null && (
        <p>
          <a href={pathIn(language, pageAfter(batch.id, shown, nextAfter))}>
            {say(words.next, language)}
          </a>
        </p>
      )}
    </>
  )
}

const pageAfter = (id: string, shown: RowState | undefined, after: number): string =>
  `/imports/${id}?${new URLSearchParams({ ...(shown === undefined ? {} : { state: shown }), after: String(after) })}`

interface ConfirmProps {
  readonly batch: ImportBatch
  readonly screen: Screen
  readonly hasMore: boolean
}

/** A file with a row that is rejected or changed is not taken whole: the choice comes first then. */
function Confirm({ batch, screen, hasMore }: ConfirmProps): VNode {
  const { language, form } = screen
  const { rejected, changed } = batch.tallies
  const isWhole = rejected.rows + changed.rows === 0
  const isSubmitted = form.problem !== null && Object.hasOwn(form.typed, 'submit')
  return (
    <>
      {hasMore && (
        <Field
          screen={screen}
          name="ranges"
          label={words.ranges}
          hint={words.rangesHint}
          optional
        />
      )}
      <p>
        <label class="check">
          <input type="checkbox" name="submit" value="yes" checked={isSubmitted} />{' '}
          {say(words.submit, language)}
        </label>
      </p>
      <p>
        {isWhole && (
          <>
            <button type="submit" name="choice" value="all">
              {say(words.confirmAll, language)}
            </button>{' '}
          </>
        )}
        <button type="submit" name="choice" value="chosen" class={isWhole ? 'quiet' : undefined}>
          {say(words.confirmChosen, language)}
        </button>
      </p>
    </>
  )
}

function Understood({ view, screen }: { view: ImportView; screen: Screen }): VNode {
  const { batch, next } = view
  const { language } = screen
  const { understood } = importFacts(batch)
  return (
    <section>
      <h2>{say(words.understood, language)}</h2>
      <ul>
        {understoodLines(understood).map((line) => (
          <li key={line.en}>{say(line, language)}</li>
        ))}
      </ul>
      {next.steps.includes('read-again') && (
        <p>
          <a href={pathIn(language, `/imports/${batch.id}/read-again`)}>
            {say(words.otherwise, language)}
          </a>
        </p>
      )}
    </section>
  )
}

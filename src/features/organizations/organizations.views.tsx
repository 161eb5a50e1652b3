import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import type { NamedOrganization } from './organization.ts'
import { organizationsTable } from './organizations.table.ts'

const words = {
  title: { fr: 'Organismes', en: 'Organizations' },
  intro: {
    fr: 'Les ministères et organismes que nomment les plans, par le sigle de leurs sources.',
    en: 'The ministries and bodies that the plans name, by the acronym of their sources.',
  },
  none: {
    fr: 'Aucun organisme : à la machine du service, exécutez « vigie plan load ».',
    en: 'No organization: on the service’s machine, run “vigie plan load”.',
  },
  renamed: { fr: 'Le nom a été changé.', en: 'The name was changed.' },
  unknown: {
    fr: 'Les sources ne donnent que le sigle.',
    en: 'The sources give the acronym only.',
  },
  rename: { fr: 'Changer le nom', en: 'Change the name' },
  hint: {
    fr: 'Le nouveau nom vaut à partir d’aujourd’hui : un rapport d’avant garde celui qu’il avait.',
    en: 'The new name holds from today on: an earlier report keeps the one it had.',
  },
  nameFr: { fr: 'Nom en français', en: 'Name in French' },
  nameEn: { fr: 'Nom en anglais', en: 'Name in English' },
  periods: { fr: 'Ses périodes', en: 'Its periods' },
  spending: { fr: 'Ses dépenses', en: 'Its expenditures' },
  back: { fr: 'Tous les organismes', en: 'All organizations' },
} satisfies Record<string, Bilingual>

const labels = { 'name.fr': words.nameFr, 'name.en': words.nameEn }

export function organizationsPage(
  organizations: readonly NamedOrganization[],
  screen: Screen,
): Page {
  const { language } = screen
  const table = organizationsTable(organizations)
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, language)}</p>
        <Files language={language} path="/organizations" />
        <TableView
          table={table}
          language={language}
          isNumbered
          hrefOf={(row, { key }) =>
            key === 'code'
              ? pathIn(language, pathOf(organizations[table.rows.indexOf(row)]?.code ?? ''))
              : null
          }
          empty={words.none}
        />
      </>
    ),
  }
}

const pathOf = (code: string): string => `/organizations/${encodeURIComponent(code)}`

export interface OrganizationFacts {
  readonly organization: NamedOrganization
  readonly mayRename: boolean
  readonly isRenamed: boolean
}

export function organizationPage(facts: OrganizationFacts, screen: Screen): Page {
  const { organization, mayRename, isRenamed } = facts
  const { code, name, nameKnown } = organization
  const { language } = screen
  const asked = encodeURIComponent(code)
  return {
    title: { fr: `Organisme ${code}`, en: `Organization ${code}` },
    main: (
      <>
        <ErrorSummary screen={screen} labels={labels} />
        {isRenamed && (
          <p class="notice" role="status">
            {say(words.renamed, language)}
          </p>
        )}
        <p>
          <strong>{say(name, language)}</strong>
        </p>
        {!nameKnown && <p class="notice">{say(words.unknown, language)}</p>}
        {mayRename && <Rename organization={organization} screen={screen} />}
        <p class="ways">
          <a href={pathIn(language, `/periods?organization=${asked}`)}>
            {say(words.periods, language)}
          </a>
          {isOffered(screen, '/expenditures') && (
            <a href={pathIn(language, `/expenditures?organization=${asked}`)}>
              {say(words.spending, language)}
            </a>
          )}
          <a href={pathIn(language, '/organizations')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

function Rename({
  organization: { code, name, version },
  screen,
}: {
  organization: NamedOrganization
  screen: Screen
}): VNode {
  const { language } = screen
  return (
    <section class="card">
      <h2>{say(words.rename, language)}</h2>
      <p>{say(words.hint, language)}</p>
      <Form screen={screen} action={pathOf(code)} version={version}>
        <Field screen={screen} name="name.fr" label={words.nameFr} value={name.fr} />
        <Field screen={screen} name="name.en" label={words.nameEn} value={name.en} />
        <p>
          <button type="submit">{say(words.rename, language)}</button>
        </p>
      </Form>
    </section>
  )
}

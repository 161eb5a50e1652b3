import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { ErrorSummary, Field, Form, idOf, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import { columnKeys, type SavedMapping, spendingSigns } from './mapping.ts'

const words = {
  add: { fr: 'Ajouter une correspondance', en: 'Add a mapping' },
  change: { fr: 'Changer une correspondance', en: 'Change a mapping' },
  organization: { fr: 'Organisme', en: 'Organization' },
  system: { fr: 'Système comptable', en: 'Accounting system' },
  systemHint: { fr: 'Le nom que vous lui donnez.', en: 'The name that you give it.' },
  columns: { fr: 'Colonnes', en: 'Columns' },
  columnsHint: {
    fr: 'Les titres tels que l’extrait les écrit; casse et accents n’y font rien.',
    en: 'The headings as the extract writes them; case and accents do not matter.',
  },
  date: { fr: 'Date', en: 'Date' },
  account: { fr: 'Compte', en: 'Account' },
  document: { fr: 'Pièce', en: 'Document' },
  description: { fr: 'Libellé', en: 'Description' },
  supplier: { fr: 'Fournisseur', en: 'Supplier' },
  amount: { fr: 'Montant', en: 'Amount' },
  amountHint: {
    fr: 'Une colonne signée, ou celles du débit et du crédit.',
    en: 'One signed column, or those of debits and credits.',
  },
  debit: { fr: 'Débit', en: 'Debit' },
  credit: { fr: 'Crédit', en: 'Credit' },
  spendingSign: { fr: 'Signe d’une dépense', en: 'Sign of spending' },
  save: { fr: 'Enregistrer', en: 'Save' },
  back: { fr: 'Toutes les correspondances', en: 'All mappings' },
} satisfies Record<string, Bilingual>

export const signWords: ReadonlyMap<string, Bilingual> = new Map([
  ['positive', { fr: 'positif', en: 'positive' }],
  ['negative', { fr: 'négatif', en: 'negative' }],
])

const isNeeded = (key: string): boolean => ['date', 'document', 'description'].includes(key)

export interface MappingFacts {
  /** Null: a new one. */
  readonly mapping: SavedMapping | null
  /** For which the person may say it. */
  readonly organizations: readonly string[]
}

export function mappingPage(facts: MappingFacts, screen: Screen): Page {
  const { mapping } = facts
  const { language, address } = screen
  const [, query] = address.split('?')
  const action = `/extracts/mapping${mapping === null || query === undefined ? '' : `?${query}`}`
  return {
    title: mapping === null ? words.add : words.change,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        <Form
          screen={screen}
          action={action}
          {...(mapping === null ? {} : { version: mapping.version })}
        >
          <Whose facts={facts} screen={screen} />
          <Columns mapping={mapping} screen={screen} />
          <Select
            screen={screen}
            name="spendingSign"
            label={words.spendingSign}
            value={mapping?.spendingSign ?? 'positive'}
            options={spendingSigns.map((sign) => ({
              value: sign,
              words: signWords.get(sign) ?? sign,
            }))}
          />
          <p>
            <button type="submit">{say(words.save, language)}</button>
          </p>
        </Form>
        <p>
          <a href={pathIn(language, '/extracts/mappings')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

/** A mapping is known by its organization and system for good. */
function Whose({ facts, screen }: { facts: MappingFacts; screen: Screen }): VNode {
  const { mapping, organizations } = facts
  const field = (name: 'organization' | 'system') => ({ screen, name, label: words[name] })
  if (mapping !== null) {
    return (
      <p>
        <input type="hidden" name="organization" value={mapping.organization} />
        <input type="hidden" name="system" value={mapping.system} />
        <strong>{mapping.organization}</strong> – <AsWritten text={mapping.system} />
      </p>
    )
  }
  return (
    <>
      {organizations.includes(everyOrganization) ? (
        <Field {...field('organization')} />
      ) : (
        <Select
          {...field('organization')}
          options={organizations.map((code) => ({ value: code, words: code }))}
        />
      )}
      <Field {...field('system')} hint={words.systemHint} />
    </>
  )
}

function Columns({ mapping, screen }: { mapping: SavedMapping | null; screen: Screen }): VNode {
  const { language } = screen
  return (
    <fieldset id={idOf('columns')} class="fields">
      <legend>{say(words.columns, language)}</legend>
      <small class="hint">{say(words.columnsHint, language)}</small>
      {columnKeys.map((key) => (
        <Field
          key={key}
          screen={screen}
          name={key}
          label={words[key]}
          value={mapping?.[key] ?? ''}
          optional={!isNeeded(key)}
          {...(key === 'amount' ? { hint: words.amountHint } : {})}
        />
      ))}
    </fieldset>
  )
}

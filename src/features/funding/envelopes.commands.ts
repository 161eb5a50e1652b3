import type { Command } from 'commander'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { listNotes } from '#features/programmes/programmes.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, reading, words } from '#platform/terminal/readings.ts'
import type { Envelope, FundingTerm } from './envelope.ts'
import { envelopeJson } from './envelope-json.ts'
import {
  type EnvelopeProposal,
  type EnvelopeStatement,
  envelopeProposalFacts,
} from './envelope-proposal.ts'
import {
  approveEnvelope,
  enterEnvelope,
  envelopeProposals,
  readEnvelopeProposal,
  readEnvelopeProposals,
} from './envelope-proposals.actions.ts'
import { envelopesTable } from './envelopes.table.ts'
import { listEnvelopes, listRelations } from './funding.store.ts'
import { envelopeRecords } from './planned-records.table.ts'
import {
  documentMax,
  personCommand,
  quoteMax,
  type Shown,
  several,
  show,
  textMax,
  titleMax,
} from './proposal-shown.commands.ts'
import { returnProposal, type Seen, submitProposal } from './proposal-steps.actions.ts'
import { readTerm } from './typed.ts'

/** `vigie envelopes …`: the same actions as the API, for the terminal. */
export function registerEnvelopeCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const parent = program
    .command('envelopes')
    .description(language === 'fr' ? 'Enveloppes' : 'Envelopes')
  addExample(parent, language, 'vigie envelopes list --as a.roy@msp.example')
  registerAdd(parent, terminal)
  registerSteps(parent, terminal)
  registerReadings(parent, terminal)
}

interface AddOptions extends Shown {
  readonly code: string
  readonly programme: string
  readonly organization: string
  readonly titleFr: string
  readonly titleEn: string
  readonly measure?: readonly string[]
  readonly term?: FundingTerm
  readonly recurring?: readonly FundingTerm[]
  readonly document: string
  readonly quote: string
  readonly documentTitleFr?: string
  readonly documentTitleEn?: string
  readonly url?: string
}

const addition =
  '--code CA-2018 --programme CA-STRATEGY-2004 --organization GRC --title-fr "Budget de 2018" --title-en "Budget 2018" --term "19 M$@2018-2019..2022-2023" --recurring "5,8 M$@2023-2024?" --document BUDGET-2018 --quote "19 millions de dollars sur cinq ans"'

function registerAdd(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const title = words(titleMax, language)
  const command = personCommand(parent, terminal, 'add', addition)
    .description(say('Saisit une enveloppe (brouillon)', 'Enters an envelope (draft)'))
    .requiredOption('--code <code>', say('code', 'code'), code(language))
    .requiredOption('--programme <code>', say('programme', 'programme'), code(language))
    .requiredOption(
      '--organization <code>',
      say('organisme responsable', 'responsible organization'),
      code(language),
    )
    .requiredOption('--title-fr <text>', say('titre en français', 'title in French'), title)
    .requiredOption('--title-en <text>', say('titre en anglais', 'title in English'), title)
  withMoney(command, terminal)
    .requiredOption(
      '--document <code>',
      say('code du document source', 'code of the source document'),
      words(documentMax, language),
    )
    .requiredOption('--quote <text>', say('mots cités', 'words quoted'), words(quoteMax, language))
    .option('--document-title-fr <text>', say('son titre en français', 'its French title'), title)
    .option('--document-title-en <text>', say('son titre en anglais', 'its English title'), title)
    .option('--url <url>', say('son adresse', 'its address'), words(textMax, language))
    .action(async (options: AddOptions) => {
      const stated = statementOf(options)
      const entered = await terminal.actAs(options.as, (context) => enterEnvelope(context, stated))
      showEnvelope(terminal, options.format, entered)
    })
}

function withMoney(command: Command, { language }: Terminal): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  return command
    .option(
      '--measure <code>',
      say('mesure : 12, A3 ou QC-12; se répète', 'measure: 12, A3 or QC-12; may be repeated'),
      several(code(language)),
    )
    .option(
      '--term <term>',
      say('montant fixe : MONTANT@PREMIER..DERNIER', 'fixed total: AMOUNT@FIRST..LAST'),
      reading(readTerm('term'), language),
    )
    .option(
      '--recurring <term>',
      say(
        'montant par exercice : MONTANT@PREMIER[..DERNIER]; se répète',
        'amount a fiscal year: AMOUNT@FIRST[..LAST]; may be repeated',
      ),
      several(reading(readTerm('recurring'), language)),
    )
}

const statementOf = (options: AddOptions): EnvelopeStatement => {
  const { documentTitleFr: fr, documentTitleEn: en, term, recurring = [] } = options
  return {
    code: options.code,
    programme: options.programme,
    organization: options.organization,
    title: { fr: options.titleFr, en: options.titleEn },
    measures: options.measure ?? [],
    terms: [...(term === undefined ? [] : [term]), ...recurring],
    source: {
      document: options.document,
      quote: options.quote,
      title:
        fr === undefined && en === undefined ? null : { fr: fr ?? en ?? '', en: en ?? fr ?? '' },
      url: options.url ?? null,
      sha256: null,
    },
  }
}

function registerSteps(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const step = (name: string, description: string, example = '') =>
    personCommand(parent, terminal, name, `CA-2018${example}`)
      .argument('<code>', say('code de l’enveloppe', 'code of the envelope'))
      .description(description)
  step('submit', say('Soumet un brouillon', 'Submits a draft')).action(
    (asked: string, shown: Shown) =>
      run(terminal, asked, shown, (context, seen) =>
        submitProposal(context, envelopeProposals, seen),
      ),
  )
  step(
    'approve',
    say(
      'Approuve ce qu’une autre personne a soumis, et le met au plan',
      'Approves what somebody else submitted, into the plan',
    ),
  ).action((asked: string, shown: Shown) => run(terminal, asked, shown, approveEnvelope))
  step(
    'return',
    say('Retourne au préparateur', 'Returns to the preparer'),
    ' --reason "Citez la page"',
  )
    .requiredOption('--reason <text>', say('motif', 'reason'), words(textMax, language))
    .action((asked: string, shown: Shown & { reason: string }) =>
      run(terminal, asked, shown, (context, seen) =>
        returnProposal(context, envelopeProposals, seen, shown.reason),
      ),
    )
}

/** At the terminal one acts on the draft as it stands now. */
async function run(
  terminal: Terminal,
  asked: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<EnvelopeProposal>,
): Promise<void> {
  const key = asked.trim().toUpperCase()
  const { version } = await terminal.lookAs(as, (viewing) => readEnvelopeProposal(viewing, key))
  const after = await terminal.actAs(as, (context) => action(context, { key, version }))
  showEnvelope(terminal, format, after)
}

const showEnvelope = (
  terminal: Terminal,
  format: Shown['format'],
  proposal: EnvelopeProposal,
): void =>
  show(terminal, format, {
    table: envelopesTable([proposal]),
    json: envelopeProposalFacts(proposal),
  })

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'list', '--format json')
    .description(
      say(
        'Énumère les enveloppes du plan et vos brouillons',
        'Lists the envelopes and your drafts',
      ),
    )
    .action(async ({ as, ...options }: ListShown & { readonly as: string }) => {
      const { table, json } = await terminal.lookAs(as, (viewing) => listedIn(viewing))
      await showListAs(terminal, options, { list: envelopeRecords, records: json, table })
    })
  personCommand(parent, terminal, 'show', 'CA-2009')
    .argument('<code>', say('code de l’enveloppe', 'code of the envelope'))
    .description(say('Montre une enveloppe', 'Shows an envelope'))
    .action(async (asked: string, { as, format }: Shown) => {
      const key = asked.trim().toUpperCase()
      const { table, json } = await terminal.lookAs(as, (viewing) => listedIn(viewing, key))
      show(terminal, format, { table, json: json[0] })
    })
}

/** All of them, or one that is in the plan or under way. */
async function listedIn(viewing: Viewing, key?: string) {
  authorize(viewing, 'plan.read')
  const { handle } = viewing
  const planned = await listEnvelopes(handle, key === undefined ? {} : { codes: [key] })
  const proposals =
    key === undefined
      ? await readEnvelopeProposals(viewing)
      : planned.length > 0
        ? []
        : [await readEnvelopeProposal(viewing, key)]
  const relations = await listRelations(handle)
  const notes = await listNotes(handle)
  const json = (envelope: Envelope) =>
    envelopeJson(envelope, relations, notes.get(envelope.code) ?? [])
  return {
    table: envelopesTable([...planned, ...proposals]),
    json: [...planned.map(json), ...proposals.map(envelopeProposalFacts)],
  }
}

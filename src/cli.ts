import { Command, CommanderError } from 'commander'
import type { Bilingual } from '#core/language.ts'
import { languages } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { anchorIfFree, findRefusal } from '#features/audit/anchors.actions.ts'
import { registerAnchorCommands } from '#features/audit/anchors.commands.ts'
import { type RecordTerminal, registerVerifyCommand } from '#features/audit/audit.commands.ts'
import { registerEventCommands } from '#features/audit/events.commands.ts'
import { registerEvidenceCommand } from '#features/audit/evidence.commands.ts'
import { registerCommitmentCommands } from '#features/commitments/commitments.commands.ts'
import { registerApprovalCommands } from '#features/expenditures/approvals.commands.ts'
import { registerExpenditureCommands } from '#features/expenditures/expenditures.commands.ts'
import { freezeReport } from '#features/exports/frozen-reports.actions.ts'
import { registerReportCommand } from '#features/exports/report.commands.ts'
import { verifyWorkbook } from '#features/exports/returned.commands.ts'
import { registerExtractCommands } from '#features/extracts/extracts.commands.ts'
import { registerEnvelopeCommands } from '#features/funding/envelopes.commands.ts'
import { registerRevisionCommands } from '#features/funding/revisions.commands.ts'
import { registerUserCommands } from '#features/identity/identity.commands.ts'
import { reachFromTerminal } from '#features/identity/terminal.public.ts'
import { registerImportCommands } from '#features/imports/imports.commands.ts'
import { registerPlanCommands } from '#features/imports/plan.commands.ts'
import { registerTemplateCommand } from '#features/imports/template.commands.ts'
import { registerJournalCommand } from '#features/journal/journal.commands.ts'
import { registerMatchCommands } from '#features/matching/matching.commands.ts'
import { registerPeriodCommands } from '#features/periods/periods.commands.ts'
import { registerYearEndCommands } from '#features/year-end/year-end.commands.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import { problemOf } from '#platform/http/problems.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { databaseRefusal } from '#platform/terminal/database-refusal.ts'
import { makeEnding } from '#platform/terminal/ending.ts'
import { exitCodeOf, exitCodes } from '#platform/terminal/exit-codes.ts'
import { addExample, speakHelp } from '#platform/terminal/help.ts'
import { watchStreams, writeStream } from '#platform/terminal/output-files.ts'
import { oneOf } from '#platform/terminal/readings.ts'
import { usageMessage } from '#platform/terminal/usage.ts'
import { readConfig, readLanguage } from '#src/config.ts'
import { constraints, recordChecks } from '#src/record.ts'
import { registerServiceCommands } from '#src/service-commands.ts'
import type { ServiceTerminal } from '#src/service-terminal.ts'

/** Every command, explicitly; data on stdout, messages on stderr, and an exit code that says why. */
const language = readLanguage(process.argv, process.env)
const bug: Bilingual = {
  fr: 'Erreur interne de Vigie. Rien n’a été enregistré à moitié; ce qui suit aide à la corriger.',
  en: 'Internal error of Vigie. Nothing was recorded by half; what follows helps to mend it.',
}
const ending = makeEnding(failed)
watchStreams()
process.exitCode = await run(process.argv)

async function run(argv: readonly string[]): Promise<number> {
  const session = openSession()
  try {
    await makeProgram(session).parseAsync([...argv])
    await ending.close()
    return session.exitCode
  } catch (error) {
    await ending.close().catch(() => undefined)
    // What fails because everything is being closed under it is no news.
    return ending.isInterrupted ? exitCodes.done : failed(error)
  }
}

interface Session extends ServiceTerminal, RecordTerminal {
  readonly exitCode: number
}

/** One service for the whole command, opened by the first that needs it. */
function openSession(): Session {
  const state: { opened: Promise<OpenService> | null; exitCode: number; hasWritten: boolean } = {
    opened: null,
    hasWritten: false,
    exitCode: exitCodes.done,
  }
  const open: ServiceTerminal['open'] = (options) => {
    const opened = openService({ ...options, say: (sentence) => say(sentence[language]) })
    ending.closeAtEnd(async () => {
      await (await opened.catch(() => null))?.close()
    })
    return opened
  }
  const openPrepared = async (): Promise<OpenService> => {
    const { databaseUrl, dataFolder, anchorFiles, site } = readConfig()
    const service = await open({ databaseUrl, dataFolder, site, poolMax: 4 })
    await service.prepare()
    service.refuseWrites(await findRefusal(service, anchorFiles))
    ending.closeAtEnd(async () => {
      if (state.hasWritten) {
        await anchorIfFree(service, anchorFiles)
      }
    })
    return service
  }
  const service = (): Promise<OpenService> => {
    state.opened ??= openPrepared()
    return state.opened
  }
  return {
    language,
    ending,
    open,
    service,
    ...reachFromTerminal(service, () => {
      state.hasWritten = true
    }),
    checks: recordChecks,
    anchorFiles: () => readConfig().anchorFiles,
    print: (text) => writeStream(process.stdout, text),
    say,
    exitWith: (code) => {
      state.exitCode = code
    },
    get exitCode() {
      return state.exitCode
    },
  }
}

function say(text: string): void {
  writeStream(process.stderr, text)
}

function makeProgram(terminal: Session): Command {
  const program = new Command('vigie')
    .description(
      language === 'fr'
        ? 'Suivi financier et rapprochement budgétaire'
        : 'Financial monitoring and budget reconciliation',
    )
    .option('--lang <language>', languages.join(', '), oneOf(languages, language))
    // Said by us, in the reader's language; the help of a command that lacks its verb still shows.
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
  speakHelp(program, language)
  addExample(program, language, 'vigie demo', 'vigie report reconciliation --by axis')
  registerServiceCommands(program, terminal)
  registerPlanCommands(program, terminal)
  registerUserCommands(program, terminal)
  registerPeriodCommands(program, terminal)
  registerEnvelopeCommands(program, terminal)
  registerRevisionCommands(program, terminal)
  registerCommitmentCommands(program, terminal)
  registerExpenditureCommands(program, terminal)
  registerApprovalCommands(program, terminal)
  registerImportCommands(program, terminal)
  registerExtractCommands(program, terminal)
  registerMatchCommands(program, terminal)
  registerYearEndCommands(program, terminal, async () => {
    let isOneMore = true
    while (isOneMore) {
      isOneMore = await terminal.act(freezeReport)
    }
  })
  registerReportCommand(program, terminal)
  registerVerifyCommand(program, terminal, (path) => verifyWorkbook(terminal, path))
  registerAnchorCommands(program, terminal)
  registerEventCommands(program, terminal)
  registerEvidenceCommand(program, terminal)
  registerJournalCommand(program, terminal)
  registerTemplateCommand(program, terminal)
  return program
}

/** Says why, and answers the exit code. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) {
    const message = usageMessage(error, language)
    if (message !== null) {
      say(message)
    }
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput
  }
  const problem = problemOf(error, { isUnavailable, constraints }) ?? databaseRefusal(error)
  if (problem === null) {
    say(bug[language])
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return exitCodes.bug
  }
  say(`${problem.sentence[language]} [${problem.code}]`)
  for (const line of detailsOf(problem)) {
    say(`  ${line}`)
  }
  return exitCodeOf[problem.kind]
}

/** What each field or variable lacks, where the sentence does not say it already. */
function detailsOf({ sentence, issues }: Problem): readonly string[] {
  return issues
    .map(({ pointer, detail }) => ({ name: pointer.slice(1), said: detail[language] }))
    .filter(({ said }) => said !== sentence[language])
    .map(({ name, said }) => `${name}${language === 'fr' ? ' : ' : ': '}${said}`)
}

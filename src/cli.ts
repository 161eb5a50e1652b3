import { Command, CommanderError } from 'commander'
import type { Bilingual } from '#core/language.ts'
import { languages } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { registerVerifyCommand } from '#features/audit/audit.commands.ts'
import { registerExpenditureCommands } from '#features/expenditures/expenditures.commands.ts'
import { registerReportCommand } from '#features/exports/report.commands.ts'
import { registerUserCommands } from '#features/identity/identity.commands.ts'
import { reachFromTerminal } from '#features/identity/terminal.public.ts'
import { registerPlanCommands } from '#features/imports/plan.commands.ts'
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
import { constraints, recordChecks } from '#src/app.ts'
import { readConfig, readLanguage } from '#src/config.ts'
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

interface Session extends ServiceTerminal {
  readonly exitCode: number
}

/** One service for the whole command, opened by the first that needs it. */
function openSession(): Session {
  const state: { opened: Promise<OpenService> | null; exitCode: number } = {
    opened: null,
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
    const { databaseUrl, dataFolder } = readConfig()
    const service = await open({ databaseUrl, dataFolder, poolMax: 4 })
    await service.prepare()
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
    ...reachFromTerminal(service),
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

function makeProgram(terminal: ServiceTerminal): Command {
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
  registerExpenditureCommands(program, terminal)
  registerReportCommand(program, terminal)
  registerVerifyCommand(program, terminal, recordChecks)
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

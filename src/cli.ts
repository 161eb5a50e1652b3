import { Command, CommanderError } from 'commander'
import { registerVerifyCommand } from '#features/audit/audit.commands.ts'
import { registerExpenditureCommands } from '#features/expenditures/expenditures.commands.ts'
import { registerReportCommand } from '#features/exports/report.commands.ts'
import { registerUserCommands } from '#features/identity/identity.commands.ts'
import { reachFromTerminal, type Terminal } from '#features/identity/terminal.public.ts'
import { registerPlanCommands } from '#features/imports/plan.commands.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import { problemOf } from '#platform/http/problems.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { exitCodeOf, exitCodes } from '#platform/terminal/exit-codes.ts'
import { usageMessage } from '#platform/terminal/usage.ts'
import { constraints, recordChecks } from '#src/app.ts'
import { type Config, readConfig, readLanguage } from '#src/config.ts'
import { registerServiceCommands } from '#src/service-commands.ts'

/** Every command, explicitly; data on stdout, messages on stderr, and an exit code that says why. */
const language = readLanguage(process.argv, process.env)
process.exitCode = await run(process.argv)

async function run(argv: readonly string[]): Promise<number> {
  const session = openSession()
  try {
    await makeProgram(session).parseAsync([...argv])
    return session.exitCode
  } catch (error) {
    return failed(error)
  } finally {
    await session.close()
  }
}

interface Session extends Terminal {
  readonly exitCode: number
  readonly close: () => Promise<void>
}

/** One service for the whole command, opened by the first that needs it. */
function openSession(): Session {
  const state: { opened: Promise<OpenService> | null; exitCode: number } = {
    opened: null,
    exitCode: exitCodes.done,
  }
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`)
  }
  const service = (): Promise<OpenService> => {
    state.opened ??= openPrepared(readConfig(), say)
    return state.opened
  }
  return {
    language,
    service,
    ...reachFromTerminal(service),
    print: (text) => {
      process.stdout.write(`${text}\n`)
    },
    say,
    exitWith: (code) => {
      state.exitCode = code
    },
    get exitCode() {
      return state.exitCode
    },
    close: async () => {
      await (await state.opened?.catch(() => null))?.close()
    },
  }
}

async function openPrepared(
  { databaseUrl, dataFolder }: Config,
  say: (text: string) => void,
): Promise<OpenService> {
  const service = await openService({
    databaseUrl,
    dataFolder,
    poolMax: 4,
    say: (sentence) => say(sentence[language]),
  })
  try {
    await service.prepare()
  } catch (error) {
    await service.close()
    throw error
  }
  return service
}

function makeProgram(terminal: Terminal): Command {
  const program = new Command('vigie')
    .description(
      language === 'fr'
        ? 'Suivi financier et rapprochement budgétaire'
        : 'Financial monitoring and budget reconciliation',
    )
    .option('--lang <language>', 'fr, en')
    .exitOverride()
    .configureOutput({
      writeErr: () => undefined,
    })
  registerServiceCommands(program, terminal)
  registerPlanCommands(program, terminal)
  registerUserCommands(program, terminal)
  registerExpenditureCommands(program, terminal)
  registerReportCommand(program, terminal)
  registerVerifyCommand(program, terminal, recordChecks)
  overrideExits(program)
  return program
}

/** Subcommands do not inherit it: each would end the process before the database is left. */
function overrideExits(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  command.commands.forEach(overrideExits)
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) {
    const message = usageMessage(error, language)
    if (message !== null) {
      process.stderr.write(`${message}\n`)
      return exitCodes.badInput
    }
    return exitCodes.done
  }
  const problem = problemOf(error, { isUnavailable, constraints })
  if (problem === null) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return exitCodes.findings
  }
  process.stderr.write(`${problem.sentence[language]} [${problem.code}]\n`)
  return exitCodeOf[problem.kind]
}

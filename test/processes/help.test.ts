import { Command } from 'commander'
import { describe, expect, test, vi } from 'vitest'
import type { Language } from '#core/language.ts'
import { registerVerifyCommand } from '#features/audit/audit.commands.ts'
import { registerExpenditureCommands } from '#features/expenditures/expenditures.commands.ts'
import { registerReportCommand } from '#features/exports/report.commands.ts'
import { registerUserCommands } from '#features/identity/identity.commands.ts'
import { registerPlanCommands } from '#features/imports/plan.commands.ts'
import { speakHelp } from '#platform/terminal/help.ts'
import { registerServiceCommands } from '#src/service-commands.ts'
import type { ServiceTerminal } from '#src/service-terminal.ts'
import { runVigie } from '#test/support/processes.ts'

/**
 * The help of every command. The commands are made here as `src/cli.ts` makes them, since a process
 * for each would take as long as all the rest; three processes show that both lists are the same.
 */
vi.setConfig({ testTimeout: 120_000 })

function programIn(language: Language): Command {
  // Help is composed of words alone: nothing else of a terminal is asked for.
  const terminal = { language } as ServiceTerminal
  const program = speakHelp(new Command('vigie'), language)
  registerServiceCommands(program, terminal)
  registerPlanCommands(program, terminal)
  registerUserCommands(program, terminal)
  registerExpenditureCommands(program, terminal)
  registerReportCommand(program, terminal)
  registerVerifyCommand(program, terminal, [])
  return program
}

/** By name, as `users add`; what people read with `--help`. */
function helpsOf(command: Command, above = ''): readonly (readonly [string, string])[] {
  return command.commands.flatMap((each) => {
    const name = `${above}${each.name()}`
    let help = ''
    each.configureOutput({
      writeOut: (text) => {
        help += text
      },
    })
    each.outputHelp()
    return [[name, help] as const, ...helpsOf(each, `${name} `)]
  })
}

const french = helpsOf(programIn('fr'))
const english = new Map(helpsOf(programIn('en')))

describe('the help of each command', () => {
  test('is there for every command of the contract that exists', () => {
    const expenditures = ['add', 'submit', 'approve', 'return', 'reverse', 'decide', 'list', 'show']
    expect(french.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['serve', 'demo', 'db migrate', 'db status', 'plan load', 'report', 'verify', 'openapi'],
        ...['add', 'list', 'disable', 'token'].map((verb) => `users ${verb}`),
        ...expenditures.map((verb) => `expenditures ${verb}`),
      ]),
    )
  })

  test.each(french)('%s: in the reader’s language, with an example of it', (name, help) => {
    const example = (heading: string) => new RegExp(`^${heading}\\n {2}vigie ${name}( |$)`, 'm')
    expect(help).toMatch(new RegExp(`^Utilisation : vigie ${name} `))
    expect(help).toMatch(example('Exemple :'))
    expect(help).toContain('imprime cette aide')
    expect(help).not.toMatch(/Usage:|Options:|Arguments:|Commands:|display help|\(default/)
    expect(english.get(name)).toMatch(new RegExp(`^Usage: vigie ${name} `))
    expect(english.get(name)).toMatch(example('Example:'))
  })

  test('is what the program itself prints', async () => {
    const [whole, group, leaf] = await Promise.all(
      [[], ['users'], ['expenditures', 'add']].map((path) => runVigie([...path, '--help'])),
    )
    const listed = [...(whole?.stdout ?? '').matchAll(/^ {2}([a-z]+) (?=.* {2}\S)/gm)]
    const names = programIn('fr').commands.map((command) => command.name())
    expect(listed.map(([, name]) => name)).toEqual(expect.arrayContaining(names))
    expect(group).toEqual({ code: 0, signal: null, stderr: '', stdout: helpIn(french, 'users') })
    expect(leaf).toMatchObject({ code: 0, stdout: helpIn(french, 'expenditures add') })
  })
})

const helpIn = (helps: typeof french, wanted: string): string | undefined =>
  helps.find(([name]) => name === wanted)?.[1]

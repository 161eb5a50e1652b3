import { Command } from 'commander'
import { describe, expect, test, vi } from 'vitest'
import type { Language } from '#core/language.ts'
import { registerAnchorCommands } from '#features/audit/anchors.commands.ts'
import { type RecordTerminal, registerVerifyCommand } from '#features/audit/audit.commands.ts'
import { registerEventCommands } from '#features/audit/events.commands.ts'
import { registerEvidenceCommand } from '#features/audit/evidence.commands.ts'
import { registerCommitmentCommands } from '#features/commitments/commitments.commands.ts'
import { registerApprovalCommands } from '#features/expenditures/approvals.commands.ts'
import { registerExpenditureCommands } from '#features/expenditures/expenditures.commands.ts'
import { registerReportCommand } from '#features/exports/report.commands.ts'
import { registerExtractCommands } from '#features/extracts/extracts.commands.ts'
import { registerEnvelopeCommands } from '#features/funding/envelopes.commands.ts'
import { registerRevisionCommands } from '#features/funding/revisions.commands.ts'
import { registerUserCommands } from '#features/identity/identity.commands.ts'
import { registerImportCommands } from '#features/imports/imports.commands.ts'
import { registerPlanCommands } from '#features/imports/plan.commands.ts'
import { registerTemplateCommand } from '#features/imports/template.commands.ts'
import { registerJournalCommand } from '#features/journal/journal.commands.ts'
import { registerMatchCommands } from '#features/matching/matching.commands.ts'
import { registerPeriodCommands } from '#features/periods/periods.commands.ts'
import { registerYearEndCommands } from '#features/year-end/year-end.commands.ts'
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
  const terminal = { language } as ServiceTerminal & RecordTerminal
  const program = speakHelp(new Command('vigie'), language)
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
  registerYearEndCommands(program, terminal, async () => undefined)
  registerReportCommand(program, terminal)
  registerVerifyCommand(program, terminal, async () => undefined)
  registerAnchorCommands(program, terminal)
  registerEventCommands(program, terminal)
  registerEvidenceCommand(program, terminal)
  registerJournalCommand(program, terminal)
  registerTemplateCommand(program, terminal)
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
    const commitments = ['add', 'submit', 'approve', 'return', 'release', 'list', 'show']
    const expenditures = [
      ...['add', 'submit', 'approve', 'return', 'reverse', 'refund', 'reclassify', 'decide'],
      ...['list', 'show'],
    ]
    expect(french.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['serve', 'demo', 'db migrate', 'db status', 'plan load', 'report', 'verify', 'openapi'],
        ...['list', 'accept', 'rotate'].map((verb) => `anchors ${verb}`),
        ...['events list', 'export evidence', 'export journal', 'export template'],
        ...['add', 'list', 'disable', 'token'].map((verb) => `users ${verb}`),
        ...commitments.map((verb) => `commitments ${verb}`),
        ...expenditures.map((verb) => `expenditures ${verb}`),
        ...['periods list', 'periods close', 'periods reopen', 'approvals list'],
        ...['envelopes', 'revisions'].flatMap((noun) =>
          ['add', 'submit', 'approve', 'return', 'list', 'show'].map((verb) => `${noun} ${verb}`),
        ),
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
    const listed = [...(whole?.stdout ?? '').matchAll(/^ {2}([a-z-]+) (?=.* {2}\S)/gm)]
    const names = programIn('fr').commands.map((command) => command.name())
    expect(listed.map(([, name]) => name)).toEqual(expect.arrayContaining(names))
    expect(group).toEqual({ code: 0, signal: null, stderr: '', stdout: helpIn(french, 'users') })
    expect(leaf).toMatchObject({ code: 0, stdout: helpIn(french, 'expenditures add') })
  })
})

const helpIn = (helps: typeof french, wanted: string): string | undefined =>
  helps.find(([name]) => name === wanted)?.[1]

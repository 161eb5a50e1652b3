import type { Answered, Person, TestApp } from '#test/support/app.ts'
import { type Slot, slotName, yearName } from './calendar.ts'

/** The service, asked as people ask it; documents go by the names that the model gave them. */
export type Hand = 'officer' | 'approver' | 'both'
type Other = 'administrator' | 'auditor' | 'federal officer' | 'federal approver'

const tables = {
  revisions: 'revision',
  commitments: 'commitment',
  expenditures: 'expenditure',
  'year-end': 'year_end',
} as const
type Kept = keyof typeof tables

export interface Step {
  readonly kind: Kept | 'envelopes'
  readonly key: string
  readonly verb: string
  readonly by: Hand
  readonly body?: Record<string, unknown>
}

export class Desk {
  readonly app: TestApp
  readonly auditor: Person
  readonly #people: Readonly<Record<Hand | Other, Person>>
  readonly #ids = new Map<string, string>()

  private constructor(app: TestApp, people: Readonly<Record<Hand | Other, Person>>) {
    this.app = app
    this.auditor = people.auditor
    this.#people = people
  }

  static async open(app: TestApp): Promise<Desk> {
    await app.person('agent-et-chef', 'officer')
    return new Desk(app, {
      officer: await app.person('agent', 'officer'),
      approver: await app.person('chef', 'approver'),
      both: await app.person('agent-et-chef', 'approver'),
      administrator: await app.person('gestion', 'administrator'),
      auditor: await app.person('verification', 'auditor'),
      'federal officer': await app.person('agent-spc', 'officer', 'SPC'),
      'federal approver': await app.person('chef-spc', 'approver', 'SPC'),
    })
  }

  async enter(kind: Step['kind'], { key, by, body = {} }: Omit<Step, 'kind' | 'verb'>) {
    const answer = await this.#people[by].send('POST', `/${kind}`, { body })
    if (answer.status === 201) {
      this.remember(key, answer.body.id)
    }
    return answer
  }

  preview(by: Hand, body: Record<string, unknown>): Promise<Answered> {
    return this.#people[by].send('POST', '/year-end/preview', { body })
  }

  async step({ kind, key, verb, by, body }: Step): Promise<Answered> {
    const id = this.idOf(key)
    const path = `/${kind}/${kind === 'envelopes' ? key : id}/${verb}`
    return this.#people[by].step(path, await this.#version(kind, key), body)
  }

  async change({ key, by, body = {} }: Omit<Step, 'kind' | 'verb'>): Promise<Answered> {
    const version = await this.#version('expenditures', key)
    return this.#people[by].send('PATCH', `/expenditures/${this.idOf(key)}`, { version, body })
  }

  /** What waits about an expenditure, decided. */
  async decide({ key, verb, by, body = {} }: Omit<Step, 'kind'>): Promise<Answered> {
    const { rows } = await this.app.database.owner.query(
      `select id from expenditure_request where expenditure = $1 and state = 'asked'`,
      [this.idOf(key)],
    )
    const to = `requests/${rows[0]?.id}/${verb}`
    return this.step({ kind: 'expenditures', key, verb: to, by, body })
  }

  async turn(verb: 'close' | 'reopen', { year, number }: Slot): Promise<Answered> {
    const { rows } = await this.app.database.owner.query(
      `select version from period where organization = 'MSP' and fiscal_year = $1 and number = $2`,
      [yearName(year), number],
    )
    const { administrator } = this.#people
    const version = rows[0]?.version ?? 1
    const period = { organization: 'MSP', fiscalYear: yearName(year), period: number }
    const body = { ...period, version, reason: slotName({ year, number }) }
    return administrator.send('POST', `/periods/${verb}`, { body })
  }

  async rename(organization: string, name: string): Promise<Answered> {
    const { body } = await this.auditor.get('/organizations?limit=500')
    const known = body.items.find(({ code }: { code: string }) => code === organization)
    return this.#people.administrator.send('PATCH', `/organizations/${organization}`, {
      ...{ version: known.version, body: { name: { fr: name, en: name } } },
    })
  }

  /** Stated, submitted and approved. */
  async relate(stated: Record<string, unknown>): Promise<Answered> {
    const [officer, approver] = [this.#people['federal officer'], this.#people['federal approver']]
    const entered = await officer.send('POST', '/relations', { body: stated })
    if (entered.status !== 201) {
      return entered
    }
    const { id, version } = entered.body
    const { body } = await officer.step(`/relations/${id}/submit`, version)
    return approver.step(`/relations/${id}/approve`, body.version)
  }

  remember(key: string, id: string): void {
    this.#ids.set(key, id)
  }

  idOf(key: string): string {
    return this.#ids.get(key) ?? key
  }

  async #version(kind: Step['kind'], key: string): Promise<number> {
    const { rows } = await this.app.database.owner.query(
      kind === 'envelopes'
        ? 'select version from envelope_proposal where code = $1'
        : `select version from ${tables[kind]} where id = $1`,
      [this.idOf(key)],
    )
    return rows[0].version
  }
}

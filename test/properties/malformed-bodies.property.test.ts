import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { submitted } from '#test/support/drafts.ts'
import { type MutatingRoute, mutatingRoutes, sampleOf } from '#test/support/json-schema.ts'
import { mutated } from '#test/support/mutations.ts'
import { recordOf } from '#test/support/refusals.ts'
import { type Chance, chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/**
 * Bodies that were right and were bent: each route that changes something, as the OpenAPI document
 * lists it, asked by somebody who may do everything, so that nothing but the body is in the way.
 */
const bodies = runs(40, 10_000)
const batch = 40

let app: TestApp
let everybody: Person
let routes: readonly MutatingRoute[]
let parameters: Readonly<Record<string, string>>

beforeAll(async () => {
  app = await testApp()
  const officer = await app.person('officer', 'officer')
  for (const role of ['officer', 'approver', 'auditor', 'administrator'] as const) {
    everybody = await app.person('everybody', role)
  }
  const { id } = await submitted(officer)
  parameters = { id, requestId: '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192' }
  const { body } = await officer.get('/openapi.json')
  routes = mutatingRoutes(body)
})
afterAll(() => app.close())

const known = () => ({
  ...parameters,
  organization: 'MSP',
  measure: 'QC-12',
  envelope: 'QC-M12',
  commitment: null,
})

const urlOf = ({ path }: MutatingRoute): string =>
  path
    .replace(/^\/api\/v1/, '')
    .replace(/\{(\w+)\}/g, (_all, name: string) => parameters[name] ?? 'X')

const internals =
  /node_modules|\.ts:\d|\bat \w+\.\w+ |syntax error|relation "|violates|pg_|SQLSTATE|kysely|zod|\/src\//

describe('a body that was bent', () => {
  test('is tried on every route that takes one', () => {
    expect(routes.length).toBeGreaterThanOrEqual(9)
  })

  test('is otherwise taken: what is bent is right', async () => {
    for (const route of routes) {
      const body = sampleOf(route.schema, known())
      const { status, text } = await everybody.send(route.method, urlOf(route), { body })
      expect([route.path, status]).not.toEqual([route.path, 415])
      expect([route.path, text]).not.toEqual([
        route.path,
        expect.stringMatching(/http\/(invalid-body|malformed|body|json)/),
      ])
    }
  })

  test('never causes an error of ours, changes nothing when refused, and tells nothing from inside', async () => {
    const chance = chanceOf('malformed bodies')
    for (const route of routes) {
      for (let sent = 0; sent < bodies; sent += batch) {
        await expectHarmless(route, chance.branch(`${route.method} ${route.path} ${sent}`))
      }
    }
  })
})

async function expectHarmless(route: MutatingRoute, chance: Chance): Promise<void> {
  const before = await recordOf(app.database.owner)
  const locksBefore = await locks()
  let done = 0
  for (let each = 0; each < batch; each += 1) {
    const { body, headers } = mutated(sampleOf(route.schema, known()), chance)
    const sent = { body, headers, ...(route.path.includes('{') ? { version: 1 } : {}) }
    const { status, text, headers: said } = await everybody.send(route.method, urlOf(route), sent)
    done += status < 300 ? 1 : 0
    const told = `${route.method} ${route.path} ${body.toString('utf8', 0, 300)}\n${status} ${text}`
    if (status >= 500 || (status >= 400 && internals.test(text))) {
      expect.fail(told)
    }
    const type = status < 300 ? 'application/json; charset=utf-8' : 'application/problem+json'
    expect([told, said['content-type']]).toEqual([told, type])
  }
  const after = await recordOf(app.database.owner)
  // A tenth wrong password is refused and recorded.
  const locked = (await locks()) - locksBefore
  if (done + locked === 0) {
    expect(after).toEqual(before)
  }
  // What was still right was done, and is recorded like anything else.
  expect(Number(after.events) - Number(before.events)).toBe(done + locked)
}

async function locks(): Promise<number> {
  const { rows } = await app.database.owner.query(
    `select count(*)::integer as locks from event where event.type = 'sign-in.locked'`,
  )
  return rows[0].locks
}

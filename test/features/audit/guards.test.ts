import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findUnguarded } from '#features/audit/anchors.actions.ts'
import { judgeGuards, promisedGuards } from '#features/audit/guards.ts'
import { readMigrations } from '#platform/db/migrate.ts'
import { type TestApp, testApp } from '#test/support/app.ts'

/** What guards the record is what the migrations made; each way of losing it refuses every write. */
let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const order = (statement: string) => app.database.owner.query(statement)
const found = async (): Promise<string | null> =>
  (await findUnguarded(app.database.service))?.sentence.en ?? null

describe('the guards', () => {
  test('are looked for by what the migrations say: every trigger, and every body', async () => {
    const { triggers, bodies, policies } = promisedGuards(
      (await readMigrations()).map(({ sql }) => sql),
    )
    const { rows } = await order(`
      select relname || '.' || tgname as name from pg_trigger
      inner join pg_class on pg_class.oid = tgrelid where not tgisinternal`)
    expect([...triggers.keys()].sort()).toEqual(rows.map(({ name }) => name).sort())
    const { rows: forced } = await order(`
      select relname as name from pg_class where relforcerowsecurity`)
    expect([...policies.keys()].sort()).toEqual(forced.map(({ name }) => name).sort())
    expect([...triggers.values()].filter((runs) => runs === null)).toEqual([])
    const { rows: functions } = await order(`
      select proname as name from pg_proc
      where pronamespace = 'public'::regnamespace and prokind = 'f' and prosrc <> ''
        and prolang <> (select oid from pg_language where lanname = 'sql')`)
    expect([...bodies.keys()].sort()).toEqual(
      expect.arrayContaining(functions.map(({ name }) => name)),
    )
  })

  test('are all there in a database that nobody touched', async () => {
    expect(await found()).toBeNull()
  })

  test.each([
    [
      'trigger event.seal',
      'alter table event disable trigger seal',
      'alter table event enable always trigger seal',
    ],
    [
      'trigger event.append_only_rows',
      'alter table event enable trigger append_only_rows',
      'alter table event enable always trigger append_only_rows',
    ],
    [
      'trigger journal_line.post_lines',
      'alter table journal_line enable replica trigger post_lines',
      'alter table journal_line enable always trigger post_lines',
    ],
    [
      'trigger journal_line.append_only_table',
      'drop trigger append_only_table on journal_line',
      `create trigger append_only_table before truncate on journal_line
        for each statement execute function refuse_change();
      alter table journal_line enable always trigger append_only_table`,
    ],
    [
      'trigger journal_entry.append_only_rows',
      `drop trigger append_only_rows on journal_entry;
      create trigger append_only_rows before update or delete on journal_entry
        for each row when (old.id < 0) execute function refuse_change();
      alter table journal_entry enable always trigger append_only_rows`,
      `drop trigger append_only_rows on journal_entry;
      create trigger append_only_rows before update or delete on journal_entry
        for each row execute function refuse_change();
      alter table journal_entry enable always trigger append_only_rows`,
    ],
    [
      'role vigie_service',
      'grant update on event to vigie_service',
      'revoke update on event from vigie_service',
    ],
    [
      'role vigie_service',
      'grant update (payload) on event to vigie_service',
      'revoke update (payload) on event from vigie_service',
    ],
    [
      'role vigie_service',
      'grant delete on journal_line to vigie_service',
      'revoke delete on journal_line from vigie_service',
    ],
    [
      'role vigie_service',
      'grant truncate on measure to vigie_service',
      'revoke truncate on measure from vigie_service',
    ],
    [
      'role vigie_service',
      'grant insert on journal_balance to vigie_service',
      'revoke insert on journal_balance from vigie_service',
    ],
    [
      'role vigie_service',
      'grant update on chain_head to vigie_service',
      'revoke update on chain_head from vigie_service',
    ],
    [
      'role vigie_service',
      'grant create on schema public to vigie_service',
      'revoke create on schema public from vigie_service',
    ],
    [
      'role vigie_service',
      'create table stray (); alter table stray owner to vigie_service',
      'drop table stray',
    ],
  ])('refuse every write when %s is lost: %s', async (place, lose, mend) => {
    await order(lose)
    expect(await found()).toContain(place)
    await order(mend)
    expect(await found()).toBeNull()
  })

  test('refuse every write when a function was exchanged for one that does nothing', async () => {
    const { rows } = await order("select pg_get_functiondef('refuse_change'::regproc) as made")
    await order(`create or replace function refuse_change() returns trigger language plpgsql
      as $$ begin return coalesce(new, old); end $$`)
    expect(await found()).toContain('function refuse_change')
    await order(rows[0].made)
    expect(await found()).toBeNull()
  })

  test('refuse every write when a policy is gone, one too many, or not forced', async () => {
    await order('alter policy reached on expenditure rename to away')
    expect(await found()).toContain('policies of expenditure')
    await order('alter policy away on expenditure rename to reached')
    await order('create policy wide on expenditure using (true)')
    expect(await found()).toContain('policies of expenditure')
    await order('drop policy wide on expenditure')
    await order('alter table expenditure no force row level security')
    expect(await found()).toContain('policies of expenditure')
    await order('alter table expenditure force row level security')
    expect(await found()).toBeNull()
  })

  test('count a power that only the whole server can give', () => {
    const bodies = new Map<string, string>()
    const policies = new Map<string, readonly string[]>()
    const promised = { triggers: new Map<string, string | null>(), bodies, policies }
    const powers = ['superuser', 'bypassrls', 'is in postgres']
    const judged = judgeGuards(promised, { triggers: [], bodies, policies, excess: [], powers })
    expect(judged.map(({ found: power }) => power)).toEqual(powers)
  })
})

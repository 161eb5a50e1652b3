import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesUnder, readSource, root, type SourceFile } from './support/source-tree.ts'

const sources = filesUnder('src').map(readSource)
const tests = [...filesUnder('test'), ...filesUnder('scripts')].map(readSource)

/** Shelf order: an earlier feature never imports a later one. */
const shelf = [
  'identity',
  'audit',
  'organizations',
  'programmes',
  'periods',
  'journal',
  'funding',
  'commitments',
  'expenditures',
  'imports',
  'extracts',
  'matching',
  'reconciliation',
  'comparison',
  'year-end',
  'reports',
  'exports',
  'home',
]

const roles = ['table', 'store', 'public', 'actions', 'views', 'routes', 'commands'] as const
type Role = (typeof roles)[number] | 'bare'

/** What of the platform a role may reach; `core` is open to all. */
const platformOfRole: Readonly<Record<Role, readonly string[]>> = {
  bare: [],
  table: [],
  store: ['db'],
  public: ['db', 'http', 'clock.ts', 'log.ts', 'service.ts'],
  actions: ['db', 'clock.ts', 'files', 'log.ts', 'tables'],
  views: ['html', 'tables', 'charts', 'i18n'],
  routes: ['http', 'tables', 'service.ts'],
  commands: ['terminal', 'tables', 'i18n', 'service.ts'],
}

/** Roles of its own folder that a role may import. */
const ownOfRole: Readonly<Record<Role, readonly Role[]>> = {
  bare: ['bare'],
  table: ['bare', 'table'],
  store: ['bare', 'store'],
  public: ['bare', 'table', 'store', 'public'],
  actions: ['bare', 'table', 'store', 'public', 'actions', 'views'],
  views: ['bare', 'table', 'views'],
  routes: ['bare', 'table', 'store', 'public', 'actions', 'views', 'routes', 'commands'],
  commands: ['bare', 'table', 'store', 'public', 'actions', 'views', 'commands'],
}

/** Roles of earlier features that a role may import. */
const earlierOfRole: Readonly<Record<Role, readonly Role[]>> = {
  bare: ['bare'],
  table: ['bare', 'table'],
  store: ['bare', 'public'],
  public: ['bare', 'public'],
  actions: ['bare', 'public'],
  views: ['bare', 'table'],
  routes: ['bare', 'public'],
  commands: ['bare', 'public'],
}

/** Roles that may use a package; a package named nowhere is open to the platform only. */
const packagesOfRole: Readonly<Record<Role, readonly RegExp[]>> = {
  bare: [],
  table: [],
  store: [/^kysely$/],
  public: [/^fastify$/, /^node:(crypto|os)$/],
  actions: [/^node:crypto$/],
  views: [/^preact/],
  routes: [/^fastify$/, /^zod$/, /^content-disposition$/],
  commands: [/^commander$/, /^node:fs\/promises$/],
}

const featureOf = (path: string): string | null => /features\/([^/]+)\//.exec(path)?.[1] ?? null

function roleOf(path: string): Role {
  const suffix = /\.([a-z]+)\.tsx?$/.exec(path)?.[1]
  return roles.find((role) => role === suffix) ?? 'bare'
}

const importsOf = (kind: (source: SourceFile) => boolean) =>
  sources.filter(kind).flatMap((source) => source.imports.map((imported) => ({ source, imported })))

const isCore = ({ path }: SourceFile): boolean => path.startsWith('src/core/')
const isPlatform = ({ path }: SourceFile): boolean => path.startsWith('src/platform/')
const isFeature = ({ path }: SourceFile): boolean => path.startsWith('src/features/')

const said = ({ source, imported }: { source: SourceFile; imported: string }): string =>
  `${source.path} imports ${imported}`

describe('the house', () => {
  test('the top level holds what it says and nothing else', () => {
    const shown = readdirSync(root).filter((name) => !name.startsWith('.'))
    const made = ['node_modules', 'out', 'coverage']
    expect(shown.filter((name) => !made.includes(name)).sort()).toEqual([
      'README.md',
      'docs',
      'fixtures',
      'migrations',
      'package-lock.json',
      'package.json',
      'scripts',
      'src',
      'test',
      'tsconfig.json',
    ])
  })

  test('every feature stands on the shelf', () => {
    const folders = readdirSync(join(root, 'src/features'))
    expect(folders.filter((folder) => !shelf.includes(folder))).toEqual([])
  })
})

describe('the floors', () => {
  test('core imports decimal.js and itself', () => {
    const wrong = importsOf(isCore).filter(({ imported }) => !/^(\.\/|decimal\.js$)/.test(imported))
    expect(wrong.map(said)).toEqual([])
  })

  test('core never awaits', () => {
    expect(sources.filter((source) => isCore(source) && /\bawait\b/.test(source.text))).toEqual([])
  })

  test('the platform knows no feature', () => {
    const wrong = importsOf(isPlatform).filter(({ imported }) =>
      /^#(features|src)\//.test(imported),
    )
    expect(wrong.map(said)).toEqual([])
  })

  test('nothing but the entry files imports the entry files', () => {
    const wrong = importsOf((source) => isCore(source) || isPlatform(source) || isFeature(source))
    expect(wrong.filter(({ imported }) => /^#(src|test)\//.test(imported)).map(said)).toEqual([])
  })

  test('a folder is crossed by a name, never by ../', () => {
    const wrong = [...sources, ...tests].filter(({ imports }) =>
      imports.some((imported) => imported.startsWith('../')),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

describe('the shelf and the roles', () => {
  test('a feature imports only what stands before it', () => {
    const wrong = importsOf(isFeature).filter(({ source, imported }) => {
      const target = featureOf(imported)
      const own = featureOf(source.path)
      return target !== null && own !== null && shelf.indexOf(target) > shelf.indexOf(own)
    })
    expect(wrong.map(said)).toEqual([])
  })

  test('each role imports what its role may', () => {
    const wrong = importsOf(isFeature).filter(
      ({ source, imported }) => !mayImport(source.path, imported),
    )
    expect(wrong.map(said)).toEqual([])
  })

  test('a rule never awaits', () => {
    const pure = sources.filter(
      (source) => isFeature(source) && ['bare', 'table', 'views'].includes(roleOf(source.path)),
    )
    expect(pure.filter(({ text }) => /\bawait\b/.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('each table is written by one folder', () => {
    const writers = new Map<string, Set<string>>()
    for (const { path, text } of sources) {
      const folder = path.split('/').slice(0, 3).join('/')
      const written = text.matchAll(
        /(?:insertInto|updateTable|deleteFrom)\('([a-z_]+)'|(?:insert into|update|delete from) ([a-z_]+)\s*(?:\(|set\b|where\b|$)/gm,
      )
      for (const [, built, raw] of written) {
        const table = built ?? raw ?? ''
        writers.set(table, (writers.get(table) ?? new Set()).add(folder))
      }
    }
    const shared = [...writers].filter(([, folders]) => folders.size > 1)
    expect(shared.map(([table, folders]) => `${table}: ${[...folders].join(', ')}`)).toEqual([])
    expect(writers.size).toBeGreaterThan(20)
  })

  test('no module goes round in a circle', () => {
    expect(circles()).toEqual([])
  })
})

describe('sizes', () => {
  test('no file of the source is over 300 lines, no test over 400', () => {
    const long = [
      ...sources.filter(({ lines }) => lines > 300),
      ...tests.filter(({ lines }) => lines > 400),
    ]
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })

  test('no function is over 60 lines or takes more than 4 parameters', () => {
    const wrong = sources.flatMap(({ path, functions }) =>
      functions
        .filter(({ lines, parameters }) => lines > 60 || parameters > 4)
        .map(
          ({ line, lines, parameters }) => `${path}:${line} ${lines} lines, ${parameters} taken`,
        ),
    )
    expect(wrong).toEqual([])
  })

  test('nothing is exported by default', () => {
    expect(sources.filter(({ hasDefaultExport }) => hasDefaultExport)).toEqual([])
  })
})

function mayImport(path: string, imported: string): boolean {
  const role = roleOf(path)
  if (imported.startsWith('#core/')) {
    return true
  }
  if (imported.startsWith('./')) {
    return ownOfRole[role].includes(roleOf(imported))
  }
  if (imported.startsWith('#platform/')) {
    const [, part = ''] = imported.split('/')
    return platformOfRole[role].includes(part)
  }
  if (imported.startsWith('#features/')) {
    const isOwn = featureOf(imported) === featureOf(path)
    return (isOwn ? ownOfRole : earlierOfRole)[role].includes(roleOf(imported))
  }
  return packagesOfRole[role].some((pattern) => pattern.test(imported))
}

/** Depth first over modules; a path that comes back to itself is a circle. */
function circles(): readonly string[] {
  const edges = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.flatMap((name) => resolved(path, name) ?? []),
    ]),
  )
  const found: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    if (state.get(path) === undefined) {
      state.set(path, 'open')
      for (const next of edges.get(path) ?? []) {
        visit(next, [...trail, path])
      }
      state.set(path, 'done')
    }
  }
  for (const path of edges.keys()) {
    visit(path, [])
  }
  return found
}

function resolved(from: string, imported: string): string | null {
  if (imported.startsWith('./')) {
    return join(from, '..', imported)
  }
  const named = /^#(core|platform|features)\/(.*)$/.exec(imported)
  if (named !== null) {
    return `src/${named[1]}/${named[2]}`
  }
  return imported.startsWith('#src/') ? imported.replace('#src/', 'src/') : null
}

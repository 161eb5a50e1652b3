import { createServer } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { HttpServer } from './http/http-server.ts'

/**
 * What whoever runs the service watches, in the text format of Prometheus, on a port of its own:
 * whoever may read how busy the service is need not be able to ask it anything.
 */
export interface PoolState {
  readonly total: number
  readonly idle: number
  readonly waiting: number
}

export function makeMetrics(poolState: () => PoolState): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'vigie_pool_connections',
    help: 'Connections of the pool, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(poolState())) {
        this.set({ state }, count)
      }
    },
  })
  return registry
}

/** Before any route: hooks only see what is registered after them. */
export function measureRequests(server: HttpServer, registry: Registry): void {
  const requests = new Histogram({
    name: 'vigie_request_seconds',
    help: 'Requests by method, route and status, and how long their answers took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    // The route as declared: an address would be a series of its own.
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    }
    requests.observe(labels, reply.elapsedTime / 1000)
  })
}

export interface Progress {
  readonly position: number
  /** Journal entries posted after the position that was asked. */
  readonly entries: number
}

/** Read when somebody looks, once for all three. With the database away the rest is told all the same. */
export function measureRecord(
  registry: Registry,
  read: (after: number | null) => Promise<Progress>,
): void {
  let seen: number | null = null
  let looking: Promise<Progress | null> | null = null
  const look = (): Promise<Progress | null> => {
    looking ??= read(seen)
      .then((progress) => {
        seen = progress.position
        return progress
      })
      .catch(() => null)
      .finally(() => {
        looking = null
      })
    return looking
  }
  const registers = [registry]
  new Gauge({
    name: 'vigie_database_up',
    help: '1 when the database answered just now',
    registers,
    async collect() {
      this.set((await look()) === null ? 0 : 1)
    },
  })
  new Gauge({
    name: 'vigie_chain_position',
    help: 'Position of the last recorded event',
    registers,
    async collect() {
      const progress = await look()
      if (progress !== null) {
        this.set(progress.position)
      }
    },
  })
  new Counter({
    name: 'vigie_postings_total',
    help: 'Journal entries recorded since this process was first asked, by any process',
    registers,
    async collect() {
      this.inc((await look())?.entries ?? 0)
    },
  })
}

export interface Verified {
  readonly at: string
  readonly isIntact: boolean
}

/** Nothing is told before the first verification of this process. */
export function measureVerification(registry: Registry, last: () => Verified | null): void {
  const registers = [registry]
  new Gauge({
    name: 'vigie_last_verify_seconds',
    help: 'When the record was last verified, in seconds since 1970',
    registers,
    collect() {
      const verified = last()
      this.set(verified === null ? Number.NaN : Date.parse(verified.at) / 1000)
    },
  })
  new Gauge({
    name: 'vigie_record_intact',
    help: '1 when the last verification found nothing, 0 when it found a break',
    registers,
    collect() {
      const verified = last()
      this.set(verified === null ? Number.NaN : Number(verified.isIntact))
    },
  })
}

export interface MetricsServer {
  readonly port: number
  close(): Promise<void>
}

/** Answers GET /metrics and nothing else. */
export async function serveMetrics(
  registry: Registry,
  host: string,
  port: number,
): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000 }, async (request, response) => {
    if (request.url !== '/metrics' || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(404).end()
      return
    }
    const text = await registry.metrics()
    response.writeHead(200, { 'content-type': registry.contentType }).end(text)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

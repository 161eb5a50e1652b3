import { z } from 'zod'
import type { HttpServer } from './http-server.ts'

/**
 * Two questions of whoever runs the service. Live: does the process answer at all; a database that
 * is away is no reason to restart it. Ready: may requests be sent to it now.
 */
const statusSchema = z.object({ status: z.enum(['ok', 'unavailable']) })

const health = (summary: string) => ({
  config: { answersUnready: true },
  schema: {
    summary,
    tags: ['health'],
    security: [],
    response: { 200: statusSchema, 503: statusSchema },
  },
})

export function registerHealth(server: HttpServer, isReady: () => boolean): void {
  server.get('/health/live', health('Whether the process answers'), () => ({
    status: 'ok' as const,
  }))
  server.get('/health/ready', health('Whether requests may be sent'), (_request, reply) => {
    if (isReady()) {
      return { status: 'ok' as const }
    }
    reply.code(503).header('retry-after', '1')
    return { status: 'unavailable' as const }
  })
}

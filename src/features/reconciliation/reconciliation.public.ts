export { readFacts } from './reconciliation.store.ts'

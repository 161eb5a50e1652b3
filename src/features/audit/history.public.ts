export { listDocumentHistory } from './document-history.store.ts'

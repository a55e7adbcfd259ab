export { openDB } from "idb";
export type { IDBPDatabase } from "idb";

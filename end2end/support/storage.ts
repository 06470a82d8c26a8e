import type { Page } from "@playwright/test";

/** Everything that the app keeps on the device, as text to search in. */
export async function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name ?? ""));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        kept.push(name, table, await answer(store.getAllKeys()), await answer(store.getAll()));
      }
      database.close();
    }
    return JSON.stringify(kept);
  });
}

/** Whether the app keeps something on the device that has `words` in it. */
export async function isStored(page: Page, words: string): Promise<boolean> {
  return (await everythingStored(page)).includes(words);
}

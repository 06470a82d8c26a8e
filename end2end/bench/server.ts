import { Filled } from "./filled.ts";

const DEVICES = 5;
const PUSHES = 5;

interface Receipt {
  outcome: object;
}

/** How large an idle server is, and how fast it takes in a day without network. */
export async function measureServer(): Promise<Record<string, number>> {
  const megabytes: number[] = [];
  const seconds: number[] = [];
  for (let device = 0; device < DEVICES; device++) {
    const filled = await Filled.create("sqlite", 1000);
    await filled.start();
    megabytes.push(await filled.megabytes());
    seconds.push(await pushAll(filled));
    await filled.server.dispose();
  }
  return { idle_mb: Math.max(...megabytes), push_1000_s: median(seconds) };
}

async function pushAll(filled: Filled): Promise<number> {
  const bodies = await Promise.all(Array.from({ length: PUSHES }, (_, number) => filled.push(number + 1)));
  await push(filled, await filled.push(0));
  const started = performance.now();
  for (const body of bodies) await push(filled, body);
  return (performance.now() - started) / 1000;
}

async function push({ server, cookie }: Filled, body: string): Promise<void> {
  const headers = { "content-type": "application/json", origin: server.url, cookie };
  const response = await fetch(`${server.url}/api/sync/push`, { method: "POST", headers, body });
  const text = await response.text();
  const refused = response.ok ? JSON.parse(text).receipts.find((receipt: Receipt) => !("accepted" in receipt.outcome)) : text;
  if (refused) throw new Error(`a push was refused: ${JSON.stringify(refused)}`);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

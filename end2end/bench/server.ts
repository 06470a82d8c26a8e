import { Filled } from "./filled.ts";
import { median } from "./quantile.ts";

const DEVICES = 5;

/** How large an idle server is, and how fast it takes in a day without network. */
export async function measureServer(): Promise<Record<string, number>> {
  const megabytes: number[] = [];
  const seconds: number[] = [];
  for (let device = 0; device < DEVICES; device++) {
    const filled = await Filled.create("sqlite", 1000);
    await filled.start();
    megabytes.push(await filled.megabytes());
    seconds.push(await pushMeetings(filled));
    await filled.server.dispose();
  }
  return { idle_mb: Math.max(...megabytes), push_1000_s: median(seconds) };
}

/** Seconds that the meetings take, once their customers are known. */
async function pushMeetings(filled: Filled): Promise<number> {
  const [known = "", ...meetings] = await filled.pushes();
  await filled.send(known);
  const started = performance.now();
  for (const body of meetings) await filled.send(body);
  return (performance.now() - started) / 1000;
}

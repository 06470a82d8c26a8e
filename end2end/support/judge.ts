import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expectFits, expectKeyboard } from "./layout.ts";

/**
 * Judges the screen in front: axe in light and dark, every control by keyboard, nothing cut off at 320 px and at doubled text.
 *
 * Softly, so that one run names everything that is wrong. Where only the database is another, the screens are the same and judged already.
 */
export async function judge(page: Page, screen: string): Promise<void> {
  if (test.info().project.name.endsWith("PostgreSQL")) return;
  await page.evaluate(standStill);
  const project = page.viewportSize() ?? { width: 390, height: 844 };
  // So tall that the action at the thumb lies over nothing: what scrolling uncovers is not covered.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: project.width, height: Math.max(project.height, height) });
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await softly(`${screen}: axe, ${colorScheme}`, () => expectAccessible(page));
  }
  await page.setViewportSize(project);
  await softly(`${screen}: by keyboard`, () => expectKeyboard(page));
  await softly(`${screen}: as it is`, () => expectFits(page));
  const narrow = project.width < 500 ? { width: 320, height: 640 } : project;
  await page.setViewportSize(narrow);
  await softly(`${screen}: ${narrow.width} px`, () => expectFits(page));
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await softly(`${screen}: ${narrow.width} px, 200 % text`, () => expectFits(page));
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.setViewportSize(project);
}

/** Notes what fails and goes on. */
export async function softly(what: string, check: () => Promise<void>): Promise<void> {
  const problem = await check().then(() => "", (error: Error) => error.message);
  expect.soft(problem, what).toBe("");
}

/** Runs in the page: ends when nothing was written on it for a while, as an answer of the server's may still be on its way. What never rests is judged as it is. */
function standStill(): Promise<void> {
  const [quietMs, atMostMs] = [150, 3000];
  return new Promise((resolve) => {
    const rested = () => {
      written.disconnect();
      resolve();
    };
    let rest = setTimeout(rested, quietMs);
    const written = new MutationObserver(() => {
      clearTimeout(rest);
      rest = setTimeout(rested, quietMs);
    });
    written.observe(document, { subtree: true, childList: true, characterData: true });
    setTimeout(rested, atMostMs);
  });
}

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails if axe finds anything against WCAG 2.2 AA on the page, anywhere, as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await settle(page);
  // Without frames there is nothing to gather from a page of its own, which takes as long as looking does.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG_2_2_AA).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}\n  ${node.html}`));
  expect(found).toEqual([]);
}

/** Ends what is on its way, such as a button that turns dark with the screen: a colour half-way meets no contrast. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
}

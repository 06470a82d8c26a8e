import { expect, type Page } from "@playwright/test";

/** Fails if anything on the page is wider than the screen, cut off, or lies over other words. */
export async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(misfits)).toEqual([]);
}

/** Fails if a control is not reached by Tab alone, or does not show that it has the focus. */
export async function expectKeyboard(page: Page): Promise<void> {
  const wanted = await page.evaluate(markControls);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
  });
  const unseen = new Set<string>();
  const reached = new Set<string>();
  // Twice as often as there are controls: the browser's own stops, such as the parts of a date field, lie between.
  for (let pressed = 0; pressed < 2 * wanted.length + 20 && reached.size < wanted.length; pressed += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (at === null) continue;
    reached.add(at.name);
    if (at.problem !== null) unseen.add(`${at.name}: ${at.problem}`);
  }
  expect({ unreached: wanted.filter((name) => !reached.has(name)), unseen: [...unseen] }).toEqual({ unreached: [], unseen: [] });
}

/** Runs in the page: what does not fit, in words. */
function misfits(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth - width;
  if (wide > 0) found.push(`the page scrolls sideways by ${wide} px`);

  const sheet = document.querySelector("dialog[open]");
  const words: { text: string; box: DOMRect; element: Element }[] = [];
  const walker = document.createTreeWalker(sheet ?? document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!element || text === "" || element.closest(".visually-hidden, .skip-link, #skeleton, [hidden], option, script, style")) continue;
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // A preview of a longer text shows its first lines; the others are a tap away.
    const preview = element.closest(".rating-comment")?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1 || (preview && box.top >= preview.bottom - 1)) continue;
      if (!element.closest("[tabindex='0']") && (box.left < -1 || box.right > width + 1)) found.push(`cut off by the screen's edge: ${text}`);
      words.push({ text, box, element });
    }
  }

  // What clips must not clip words; a sheet lies above all that is around it.
  for (const { text, box, element } of words) {
    const end = sheet?.parentElement ?? document.documentElement;
    for (let around: Element | null = element; around && around !== end; around = around.parentElement) {
      const { overflowX } = getComputedStyle(around);
      if (overflowX === "visible" || (overflowX === "auto" && around.matches("[tabindex='0']"))) continue;
      const outer = around.getBoundingClientRect();
      if (box.right > outer.right + 1 || box.left < outer.left - 1) found.push(`cut off inside ${around.className || around.tagName}: ${text}`);
    }
  }

  // Bars lie over what scrolls beneath them; everything else has a place of its own.
  const inBar = (element: Element): boolean => {
    for (let around: Element | null = element; around && around !== sheet; around = around.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(around).position)) return true;
    }
    return false;
  };
  const still = words.filter(({ element }) => !inBar(element));
  for (const [position, one] of still.entries()) {
    for (const other of still.slice(position + 1)) {
      if (one.element === other.element) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines stand close: their boxes touch where the letters do not.
      const close = Math.min(one.box.height, other.box.height) * 0.4;
      if (across > 2 && down > close) found.push(`on top of each other: ${one.text} / ${other.text}`);
    }
  }
  return [...new Set(found)];
}

/** Runs in the page: gives every control that can be used now a name, and returns the names. Of radio buttons one stands for all. */
function markControls(): string[] {
  const names: string[] = [];
  const groups = new Set<string>();
  const root = document.querySelector("dialog[open]") ?? document.body;
  const controls = root.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex='0']");
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.matches(":disabled, [type='hidden'], [tabindex='-1']")) continue;
    let name = `${names.length}: ${(control.getAttribute("aria-label") ?? (control.innerText || control.getAttribute("name")) ?? "").trim().slice(0, 40)}`;
    if (control instanceof HTMLInputElement && control.type === "radio") {
      const group = `radio ${control.name}`;
      control.dataset.control = group;
      if (groups.has(group)) continue;
      groups.add(group);
      name = group;
    }
    control.dataset.control = name;
    names.push(name);
  }
  return names;
}

/** Runs in the page: the marked control that has the focus, and what keeps a person from seeing that it has. */
function focused(): { name: string; problem: string | null } | null {
  const control = document.activeElement as HTMLElement | null;
  const name = control?.dataset.control;
  if (!control || name === undefined) return null;
  const drawn = (element: Element | null) =>
    element !== null &&
    [null, "::before", "::after"].some((part) => {
      const style = getComputedStyle(element, part);
      return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    });
  if (!drawn(control) && !drawn(control.parentElement) && !drawn(control.closest("label"))) return { name, problem: "shows no focus" };
  const box = control.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right <= left || bottom <= top) return { name, problem: "is off the screen" };
  const covered = [0.25, 0.5, 0.75].every((part) => {
    const over = document.elementFromPoint((left + right) / 2, top + (bottom - top) * part);
    return !over || !(control.contains(over) || over.contains(control) || over.closest("label")?.contains(control));
  });
  return { name, problem: covered ? "lies under something" : null };
}

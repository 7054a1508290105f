package io.linkwright.systemtests;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** Parts of the console's pages, found as a person does: by what they are and what they say. */
final class Parts {
  private Parts() {}

  static Locator dialog(Page page) {
    return page.locator("#dialog");
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator labelled(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** The field that is typed into, not the list that it stands for. */
  static Locator field(Page page, String label) {
    return page.locator("input").and(labelled(page, label));
  }

  /** Types the beginning of a member's name and takes what is offered. */
  static void choose(Page page, String field, String typed) {
    field(page, field).fill(typed);
    page.locator(".combobox li[role=option]:visible").first().waitFor();
    page.keyboard().press("Enter");
  }
}

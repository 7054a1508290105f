// A select with many options becomes a field to type in, after the ARIA pattern "editable combobox
// with list autocomplete". The select stays, out of sight, and holds the value. With data-source its
// options are fetched from there when somebody first wants them.
"use strict";

(() => {
  const MAX_SHOWN = 100;
  let count = 0;

  class Combobox {
    constructor(select) {
      this.select = select;
      this.active = -1;
      this.source = select.dataset.source;
      this.readOptions();
      this.build(`combobox-${++count}`);
      this.reset();
    }

    build(id) {
      this.input = document.createElement("input");
      this.input.id = id;
      this.input.type = "text";
      this.input.autocomplete = "off";
      this.input.spellcheck = false;
      this.input.disabled = this.select.disabled;
      this.input.placeholder = this.select.dataset.placeholder || "Type to search";
      this.input.required = this.select.required;
      this.list = document.createElement("ul");
      this.list.id = `${id}-list`;
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      const label = document.querySelector(`label[for="${CSS.escape(this.select.id)}"]`);
      label.htmlFor = id;
      this.list.setAttribute("aria-label", "Members");
      for (const [name, value] of [
        ["role", "combobox"],
        ["aria-autocomplete", "list"],
        ["aria-expanded", "false"],
        ["aria-controls", this.list.id],
        ["aria-invalid", this.select.getAttribute("aria-invalid") || "false"],
      ]) {
        this.input.setAttribute(name, value);
      }
      const box = document.createElement("div");
      box.className = "combobox";
      this.select.hidden = true;
      this.select.required = false;
      this.select.after(box);
      box.append(this.input, this.list);
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("click", () => this.open());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.leave());
      this.list.addEventListener("mousedown", (event) => this.pick(event));
    }

    reset() {
      const chosen = this.select.selectedOptions[0];
      this.input.value = chosen && chosen.value ? chosen.text : "";
      this.input.setCustomValidity("");
    }

    readOptions() {
      this.options = [...this.select.options].filter((option) => option.value);
    }

    async fetchOptions() {
      const source = this.source;
      this.source = undefined;
      try {
        const response = await fetch(source);
        if (!response.ok) {
          throw new Error(`status ${response.status}`);
        }
        const fetched = document.createElement("template");
        fetched.innerHTML = await response.text();
        const present = new Set(this.options.map((option) => option.value));
        this.select.append(...[...fetched.content.querySelectorAll("option")].filter((option) => !present.has(option.value)));
        this.readOptions();
      } catch {
        // The next key tries again.
        this.source = source;
        return;
      }
      if (document.activeElement === this.input) {
        this.open();
      }
    }

    matches() {
      const words = this.input.value.trim().toLowerCase();
      const chosen = this.select.selectedOptions[0];
      if (!words || (chosen && chosen.text === this.input.value)) {
        return this.options;
      }
      const rank = (option) => option.text.toLowerCase().indexOf(words);
      return this.options
        .filter((option) => rank(option) >= 0)
        .sort((one, other) => rank(one) - rank(other));
    }

    open() {
      if (this.input.disabled) {
        return;
      }
      if (this.source) {
        this.fetchOptions();
        return;
      }
      const found = this.matches();
      this.shown = found.slice(0, MAX_SHOWN);
      this.list.replaceChildren(...this.shown.map((option, index) => this.item(option, index)));
      if (found.length > MAX_SHOWN || found.length === 0) {
        const more = document.createElement("li");
        more.setAttribute("role", "option");
        more.setAttribute("aria-disabled", "true");
        more.textContent = found.length === 0 ? "No such member" : `and ${found.length - MAX_SHOWN} more: type on`;
        this.list.append(more);
      }
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.move(this.shown.length > 0 && this.input.value ? 0 : -1);
    }

    item(option, index) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${index}`;
      item.setAttribute("role", "option");
      item.dataset.index = index;
      item.textContent = option.text;
      return item;
    }

    move(index) {
      this.active = index;
      for (const item of this.list.children) {
        item.setAttribute("aria-selected", String(Number(item.dataset.index) === index));
      }
      const item = this.list.children[index];
      if (item) {
        item.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", item.id);
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    choose(option) {
      this.select.value = option.value;
      this.reset();
      this.close();
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    typed() {
      this.select.value = "";
      this.input.setCustomValidity(this.input.value ? "Choose one of the list" : "");
      this.open();
    }

    key(event) {
      const open = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) {
          this.open();
        } else if (this.shown.length > 0) {
          const step = event.key === "ArrowDown" ? 1 : -1;
          this.move((this.active + step + this.shown.length) % this.shown.length);
        }
      } else if (event.key === "Enter" && open && this.shown[this.active]) {
        event.preventDefault();
        this.choose(this.shown[this.active]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      }
    }

    leave() {
      const exact = this.options.find(
        (option) => option.value === this.input.value.trim() || option.text === this.input.value.trim(),
      );
      if (!this.select.value && exact) {
        this.choose(exact);
      }
      this.close();
    }

    pick(event) {
      event.preventDefault();
      const item = event.target.closest("[data-index]");
      if (item) {
        this.choose(this.shown[Number(item.dataset.index)]);
      }
    }
  }

  document.addEventListener("htmx:load", (event) => {
    const root = event.detail.elt;
    const selects = [...root.querySelectorAll("select[data-combobox]")];
    if (root.matches("select[data-combobox]")) {
      selects.push(root);
    }
    for (const select of selects) {
      if (!select.hidden) {
        new Combobox(select);
      }
    }
  });
})();

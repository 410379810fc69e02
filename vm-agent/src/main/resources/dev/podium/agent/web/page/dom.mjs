// The few things the page asks of the document.

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id of an element that is in the page
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (element);
}

/**
 * Makes an element. Strings become text nodes, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/**
 * @param {string} words
 * @param {string} className
 * @param {() => void} act
 */
export function button(words, className, act) {
  const element = make("button", className, words);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/**
 * Changes words only when they differ: a screen reader says again what is set again.
 * @param {HTMLElement} element
 * @param {string} words
 */
export function setWords(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

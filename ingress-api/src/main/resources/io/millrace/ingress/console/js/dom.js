// Builds elements and brings what is shown up to date. Data becomes text nodes and attributes, never markup.

const handlers = new WeakMap();
const drawings = new WeakMap();

function dispatch(event) {
  handlers.get(event.currentTarget)?.[event.type]?.(event);
}

function listen(element, on) {
  const known = handlers.get(element) ?? {};
  for (const type of Object.keys(on)) {
    if (!(type in known)) {
      element.addEventListener(type, dispatch);
    }
  }
  handlers.set(element, { ...known, ...on });
}

/**
 * An element. Of the properties, `on` has handlers by event type, `draw` is called with the element whenever
 * it was shown anew, `key` tells it from its siblings, `opaque` leaves its children to `draw`; the others are
 * attributes, absent when null or false.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === 'on') {
      listen(element, value);
    } else if (name === 'draw') {
      drawings.set(element, value);
      element.setAttribute('data-draw', '');
    } else if (name === 'key' || name === 'opaque') {
      element.setAttribute(`data-${name}`, value === true ? '' : value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && typeof child !== 'boolean'));
  return element;
}

/** Shows the nodes in the container, and keeps what did not change: focus, selection, unfolded details, charts. */
export function show(container, ...nodes) {
  const fresh = document.createDocumentFragment();
  fresh.append(...nodes.flat(Infinity).filter(Boolean));
  patchChildren(container, fresh);
  for (const element of container.querySelectorAll('[data-draw]')) {
    drawings.get(element)(element);
  }
}

function patchChildren(current, fresh) {
  const keyed = new Map();
  for (const child of current.children) {
    if (child.dataset.key) {
      keyed.set(child.dataset.key, child);
    }
  }
  let next = current.firstChild;
  for (const node of [...fresh.childNodes]) {
    const match = node.dataset?.key ? keyed.get(node.dataset.key) : next;
    if (match && isSame(match, node)) {
      if (match === next) {
        next = next.nextSibling;
      } else {
        current.insertBefore(match, next);
      }
      patch(match, node);
    } else {
      current.insertBefore(node, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function isSame(a, b) {
  return a.nodeName === b.nodeName && a.dataset?.key === b.dataset?.key;
}

function patch(current, fresh) {
  if (current.nodeType !== Node.ELEMENT_NODE) {
    if (current.data !== fresh.data) {
      current.data = fresh.data;
    }
    return;
  }
  patchAttributes(current, fresh);
  if (handlers.has(fresh)) {
    listen(current, handlers.get(fresh));
  }
  if (drawings.has(fresh)) {
    drawings.set(current, drawings.get(fresh));
  }
  if (!('opaque' in current.dataset)) {
    patchChildren(current, fresh);
  }
}

function patchAttributes(current, fresh) {
  for (const { name } of [...current.attributes]) {
    // Whoever looks unfolds details, not we.
    if (!fresh.hasAttribute(name) && name !== 'open') {
      current.removeAttribute(name);
    }
  }
  for (const { name, value } of fresh.attributes) {
    if (current.getAttribute(name) !== value) {
      current.setAttribute(name, value);
    }
  }
}

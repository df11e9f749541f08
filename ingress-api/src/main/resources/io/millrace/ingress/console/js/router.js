// Which view a hash names: `#/models/{model}/drift?window=1h`. Names are percent-encoded; what is behind the question mark
// is what of the view is shown.

/**
 * The view and the parameters of the first route that fits; null for none. `query` is a parameter of each.
 *
 * @param routes pairs of a pattern, such as `/models/:model`, and a view
 */
export function match(routes, hash) {
  const path = segments(pathOf(hash));
  const query = new URLSearchParams(hash.slice(hash.indexOf('?') + 1 || hash.length));
  for (const [pattern, view] of routes) {
    const parameters = fit(segments(pattern), path);
    if (parameters) {
      return { view, parameters: { ...parameters, query } };
    }
  }
  return null;
}

/** The part of a hash that names the view. */
export function pathOf(hash) {
  return hash.replace(/^#/, '').split('?', 1)[0];
}

/**
 * The hash of a model's page, or of a section of it.
 *
 * @param state what of it is shown; members that are null are left out
 */
export function modelLink(model, section = '', state = {}) {
  const query = queryOf(state);
  return `#/models/${encodeURIComponent(model)}${section && `/${section}`}${query && `?${query}`}`;
}

/** Parameters as a URL has them; those that are null are left out. */
export function queryOf(parameters) {
  return new URLSearchParams(Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, String(value)])).toString();
}

function segments(path) {
  return path.split('/').filter(Boolean);
}

function fit(pattern, path) {
  if (pattern.length !== path.length) {
    return null;
  }
  const parameters = {};
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith(':')) {
      try {
        parameters[part.slice(1)] = decodeURIComponent(path[index]);
      } catch {
        return null; // No percent-encoding.
      }
    } else if (part !== path[index]) {
      return null;
    }
  }
  return parameters;
}

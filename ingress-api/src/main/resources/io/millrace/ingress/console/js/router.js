// Which view a hash names. `#/models/{model}/rollout`; names are percent-encoded.

/**
 * The view and the parameters of the first route that fits; null for none.
 *
 * @param routes pairs of a pattern, such as `/models/:model`, and a view
 */
export function match(routes, hash) {
  const path = segments(hash.replace(/^#/, ''));
  for (const [pattern, view] of routes) {
    const parameters = fit(segments(pattern), path);
    if (parameters) {
      return { view, parameters };
    }
  }
  return null;
}

/** The hash of a model's page, or of a section of it. */
export function modelLink(model, section = '') {
  return `#/models/${encodeURIComponent(model)}${section && `/${section}`}`;
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

// The page's colours for canvases, which know no CSS variables.

/** Resolves a colour of the style sheet, such as `--candidate`, as the theme has it now. */
export function colour(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

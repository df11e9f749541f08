// Light or dark: as the system is, until somebody chooses. A classic script: it runs before the first paint.
'use strict';
(() => {
  const KEY = 'millrace.theme';
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || 'system';
    } catch {
      return 'system'; // The browser keeps nothing.
    }
  };

  const apply = choice => {
    if (choice === 'system') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = choice;
    }
    document.dispatchEvent(new Event('themechange'));
  };

  apply(stored());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => apply(stored()));
  document.addEventListener('DOMContentLoaded', () => {
    const select = document.getElementById('theme');
    select.value = stored();
    select.addEventListener('change', () => {
      try {
        localStorage.setItem(KEY, select.value);
      } catch {
        // It holds until the page is closed.
      }
      apply(select.value);
    });
  });
})();

// Every view in light and dark, wide and on a phone: it fits, and a picture of it is kept for people.
'use strict';
const assert = require('node:assert');
const { manyModels } = require('./fixtures.js');

const VIEWS = [
  ['models', '#/', 'Models'],
  ['model', '#/models/support-desk', 'support-desk'],
  ['model-not-deployed', '#/models/embedder', 'embedder'],
  ['model-no-evaluation', '#/models/intent-routing', 'intent-routing'],
  ['rollout-none', '#/models/intent-routing/rollout', 'intent-routing'],
  ['rollout-not-deployed', '#/models/embedder/rollout', 'embedder'],
  ['rollout-loading', '#/models/language-id/rollout', 'language-id'],
  ['rollout-shadow', '#/models/fraud-score/rollout', 'fraud-score'],
  ['rollout-canary', '#/models/support-desk/rollout', 'support-desk'],
  ['rollout-paused', '#/models/moderation/rollout', 'moderation'],
  ['rollout-promoted', '#/models/reranker/rollout', 'reranker'],
  ['rollout-rolled-back', '#/models/toxicity/rollout', 'toxicity'],
  ['rollout-rejected', '#/models/sentiment/rollout', 'sentiment'],
  ['drift', '#/models/support-desk/drift', 'support-desk'],
  ['drift-feature', '#/models/support-desk/drift?feature=token_count', 'support-desk'],
  ['drift-label', '#/models/support-desk/drift?feature=label&segment=tenant%3Dacme&at=2026-11-22T14:16:30Z', 'support-desk'],
  ['drift-embedding', '#/models/support-desk/drift?feature=embedding&window=1h&last=30', 'support-desk'],
  ['drift-few', '#/models/moderation/drift', 'moderation'],
  ['drift-other-windows', '#/models/toxicity/drift', 'toxicity'],
  ['drift-none', '#/models/fraud-score/drift', 'fraud-score'],
  ['quality', '#/models/support-desk/quality', 'support-desk'],
  ['quality-none', '#/models/fraud-score/quality', 'fraud-score'],
  ['cost', '#/models/support-desk/cost', 'support-desk'],
  ['cost-none', '#/models/embedder/cost', 'embedder'],
  ['unknown-page', '#/nope', 'Not found'],
];

/** No part of the page is wider than the window: tables scroll by themselves. */
async function assertFits(page) {
  const { wide, window } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= window, `The page is ${wide} px wide in a window of ${window} px`);
}

async function show(session, hash, heading) {
  await session.open(hash);
  await session.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await session.settled();
  await assertFits(session.page);
}

const cases = [];
for (const theme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    const on = `${theme}, ${width} px`;
    cases.push({
      name: `every view is shown: ${on}`,
      options: { theme, width },
      check: async session => {
        for (const [name, hash, heading] of VIEWS) {
          await show(session, hash, heading);
          await session.shot(`${name}-${theme}-${width}`);
        }
      },
    });
    cases.push({
      name: `an unknown model is shown: ${on}`,
      options: { theme, width },
      expectsErrors: true, // Chromium notes each answer from 400 on.
      check: async session => {
        await show(session, '#/models/nope', 'Not found');
        await session.shot(`unknown-model-${theme}-${width}`);
      },
    });
    cases.push({
      name: `many models are shown: ${on}`,
      options: { theme, width, given: manyModels() },
      check: async session => {
        await session.open('#/');
        assert.strictEqual(await session.page.locator('tbody tr').count(), 40);
        await assertFits(session.page);
        await session.shot(`models-many-${theme}-${width}`);
      },
    });
    cases.push({
      name: `no model is shown: ${on}`,
      options: { theme, width, given: [] },
      check: async session => {
        await session.open('#/');
        await session.page.getByText('No model is registered yet').waitFor();
        await session.shot(`models-none-${theme}-${width}`);
      },
    });
    cases.push({
      name: `dialogs are shown: ${on}`,
      options: { theme, width },
      check: async session => {
        const { page } = session;
        await session.open('#/models/support-desk/rollout');
        await page.getByRole('button', { name: 'Abort' }).click();
        await page.getByRole('dialog').waitFor();
        await session.shot(`dialog-abort-${theme}-${width}`);
        await session.open('#/models/toxicity/rollout');
        await page.getByRole('heading', { level: 1, name: 'toxicity' }).waitFor();
        await page.getByRole('button', { name: 'Start a rollout' }).click();
        await page.getByLabel('Candidate').selectOption('1.3.2');
        await session.shot(`dialog-start-${theme}-${width}`);
      },
    });
    cases.push({
      name: `evidence unfolds: ${on}`,
      options: { theme, width },
      check: async session => {
        const { page } = session;
        await session.open('#/models/support-desk/rollout');
        await page.locator('summary', { hasText: 'Numbers' }).first().click();
        await page.locator('summary', { hasText: 'Evidence' }).first().click();
        await assertFits(page);
        await session.shot(`rollout-unfolded-${theme}-${width}`);
      },
    });
    cases.push({
      name: `it asks for a key: ${on}`,
      options: { theme, width },
      expectsErrors: true,
      check: async session => {
        session.api.key = 'mr_right';
        await session.open('#/');
        await session.page.getByLabel('Key', { exact: true }).waitFor();
        await session.shot(`key-${theme}-${width}`);
      },
    });
    cases.push({
      name: `an outage is shown: ${on}`,
      options: { theme, width },
      expectsErrors: true,
      check: async session => {
        session.api.outage = 503;
        await session.open('#/');
        await session.page.getByRole('heading', { name: 'Starting' }).waitFor();
        await session.shot(`outage-${theme}-${width}`);
      },
    });
  }
}

module.exports = cases;

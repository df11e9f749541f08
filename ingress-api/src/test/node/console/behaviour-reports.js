// What the pages of drift, quality and cost do: what a link holds, how the map is used, what is saved.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');

const DRIFT = '#/models/support-desk/drift';

const cellOf = (page, feature, time) => page.getByRole('gridcell').getByRole('link', { name: `${feature}, ${time}–` });
const hash = page => decodeURIComponent(new URL(page.url()).hash);
const reads = (api, what) => api.calls.filter(call => call.path.endsWith(`/${what}`));

/** Does what saves a file; gives its name and its bytes. */
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return [download.suggestedFilename(), fs.readFileSync(await download.path())];
}

/** How many colours a chart has: a blank one has few. */
const coloursOf = canvas => canvas.evaluate(element => {
  const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
  return new Set(new Uint32Array(data.buffer)).size;
});

const cases = [
  {
    name: 'the map says by sign and in words what each cell is',
    check: async session => {
      const { page } = session;
      await session.open(DRIFT);
      assert.strictEqual(await page.getByRole('rowheader').count(), 12);
      // Those that drift the most come first.
      assert.strictEqual(await page.getByRole('rowheader').first().textContent(), 'token_count');
      const drift = cellOf(page, 'token_count', '14:29');
      assert.strictEqual(await drift.textContent(), '▲');
      assert.match(await drift.getAttribute('aria-label'), /^token_count, 14:29–14:30: drift, score 0\.\d+, threshold 0\.11, p < 0\.001, n 1,\d+$/);
      const few = cellOf(page, 'confidence', '14:15');
      assert.match(await few.getAttribute('aria-label'), /too few observations, n \d{3}$/);
      assert.match(await few.textContent(), /^\d{3}$/);
      const late = cellOf(page, 'confidence', '14:16');
      assert.match(await late.getAttribute('aria-label'), /^confidence, 14:16–14:17: stable, .*, changed by 37 late$/);
      assert.ok((await late.locator('..').getAttribute('class')).includes('late'));
      assert.ok(await page.getByText('3 of 11 features: character_count, label, token_count').isVisible());
      assert.strictEqual(await page.locator('th.marked').count(), 4);
    },
  },
  {
    name: 'a click on a cell opens the feature, and the link shows the same again',
    check: async session => {
      const { page } = session;
      await session.open(DRIFT);
      await cellOf(page, 'label', '14:20').click();
      const opened = page.getByRole('region', { name: 'Feature label' });
      await opened.waitFor();
      assert.strictEqual(hash(page), `${DRIFT}?feature=label&at=2026-11-22T14:20:00.000Z`);
      assert.ok(await opened.getByText('14:20–14:21').first().isVisible());
      assert.ok(await coloursOf(opened.locator('canvas').first()) > 10);
      assert.strictEqual(await page.evaluate(() => document.activeElement.getAttribute('aria-label').split(',')[0]), 'label');
      await opened.locator('summary', { hasText: 'Bins' }).click();
      assert.strictEqual(await opened.locator('tbody tr', { hasText: 'top_up_failed' }).count(), 1);
      await page.reload();
      await opened.getByText('14:20–14:21').first().waitFor();
      await opened.getByRole('link', { name: 'Close' }).click();
      await opened.waitFor({ state: 'detached' });
      await page.goBack();
      await opened.waitFor();
    },
  },
  {
    name: 'the map is used with the keyboard',
    check: async session => {
      const { page } = session;
      const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label').split(': ')[0]);
      await session.open(DRIFT);
      await cellOf(page, 'token_count', '14:29').focus();
      await page.keyboard.press('ArrowDown');
      assert.strictEqual(await focused(), 'character_count, 14:29–14:30');
      await page.keyboard.press('ArrowDown');
      // There is no report of the vectors in this window.
      await page.keyboard.press('ArrowDown');
      assert.strictEqual(await focused(), 'confidence, 14:29–14:30');
      await page.keyboard.press('ArrowLeft');
      assert.strictEqual(await focused(), 'confidence, 14:28–14:29');
      await page.keyboard.press('Home');
      assert.strictEqual(await focused(), 'confidence, 13:30–13:31');
      await page.keyboard.press('ArrowLeft');
      assert.strictEqual(await focused(), 'confidence, 13:30–13:31');
      assert.strictEqual(await page.locator('td a[tabindex="0"]').count(), 1);
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Feature confidence' }).waitFor();
      assert.strictEqual(await focused(), 'confidence, 13:30–13:31');
    },
  },
  {
    name: 'what is chosen is asked for and is in the link',
    check: async session => {
      const { page, api } = session;
      await session.open(DRIFT);
      await page.getByLabel('Segment', { exact: true }).selectOption('tenant=acme');
      await session.settled();
      await page.getByLabel('Version', { exact: true }).selectOption('1.5.0-int8');
      await session.settled();
      await page.getByLabel('Windows of', { exact: true }).selectOption('1h');
      await session.settled();
      await page.getByLabel('Show', { exact: true }).selectOption('30');
      await session.settled();
      assert.strictEqual(hash(page), `${DRIFT}?window=1h&last=30&version=1.5.0-int8&segment=tenant=acme`);
      const { parameters } = reads(api, 'drift').at(-1);
      assert.deepStrictEqual(Object.fromEntries(parameters), {
        version: '1.5.0-int8', segment: 'tenant=acme', window: '1h', from: '2026-11-21T08:00:00.000Z', to: '2026-11-22T14:00:00.001Z',
      });
      await page.goBack();
      await session.settled();
      assert.strictEqual(await page.getByLabel('Show', { exact: true }).inputValue(), '60');
    },
  },
  {
    name: 'a link to these windows shows them later too',
    check: async session => {
      const { page, api } = session;
      await session.open(DRIFT);
      await page.getByRole('link', { name: 'Link to these windows' }).click();
      await session.settled();
      await session.pass(15_000);
      const [before, after] = reads(api, 'drift').slice(-2);
      assert.strictEqual(before.url, after.url);
      assert.strictEqual(hash(page), `${DRIFT}?from=2026-11-22T13:30:00.000Z&to=2026-11-22T14:30:00.001Z`);
      assert.strictEqual(await page.getByRole('rowheader').count(), 12);
    },
  },
  {
    name: 'another score is shown over time',
    check: async session => {
      const { page, api } = session;
      await session.open(`${DRIFT}?feature=token_count`);
      const card = page.locator('article', { hasText: 'Score over time' });
      await card.getByRole('combobox').selectOption('evidently.psi');
      await session.settled();
      assert.ok(hash(page).endsWith('method=evidently.psi'));
      assert.match(await card.getByRole('img').getAttribute('aria-label'), /^token_count: psi over time, 60 windows/);
      assert.ok(reads(api, 'drift/token_count').some(call => call.parameters.get('from') !== null));
    },
  },
  {
    name: 'the numbers on the page are saved as CSV, with the key',
    expectsErrors: true,
    check: async session => {
      const { page, api } = session;
      api.key = 'mr_right';
      await session.open(`${DRIFT}?segment=tenant%3Dacme`);
      await page.getByLabel('Key', { exact: true }).fill('mr_right');
      await page.keyboard.press('Enter');
      await page.getByRole('grid').waitFor();
      const [name, bytes] = await saved(page, () => page.getByRole('button', { name: 'Save support-desk-drift as CSV' }).click());
      assert.strictEqual(name, 'support-desk-drift.csv');
      assert.strictEqual(bytes.toString().split('\r\n').length, 62);
      const asked = reads(api, 'drift').at(-1);
      assert.strictEqual(asked.headers.accept, 'text/csv');
      assert.strictEqual(asked.headers.authorization, 'Bearer mr_right');
      assert.strictEqual(asked.parameters.get('segment'), 'tenant=acme');
      await page.getByRole('status').getByText('support-desk-drift.csv is saved.').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'charts are saved as pictures',
    check: async session => {
      const { page } = session;
      for (const [where, title, file] of [
        [`${DRIFT}?feature=token_count`, 'Save token_count of support-desk 1.4.0 as PNG', 'support-desk-token_count-histogram.png'],
        ['#/models/support-desk/quality', 'Save Accuracy of support-desk as PNG', 'support-desk-accuracy.png'],
        ['#/models/support-desk/cost', 'Save Cost by version: support-desk as PNG', 'support-desk-spent.png'],
      ]) {
        await session.open(where);
        await session.settled();
        const [name, bytes] = await saved(page, () => page.getByRole('button', { name: title }).click());
        assert.strictEqual(name, file);
        assert.strictEqual(bytes.subarray(1, 4).toString(), 'PNG');
        assert.ok(bytes.length > 5_000, `${bytes.length} bytes`);
        fs.writeFileSync(`${session.screenshots}/saved-${file}`, bytes);
      }
    },
  },
  {
    name: 'reports are asked for every 15 seconds',
    check: async session => {
      const { api } = session;
      await session.open('#/models/support-desk/cost');
      await session.settled();
      await session.pass(14_000);
      assert.strictEqual(reads(api, 'cost').length, 1);
      await session.pass(1_000);
      assert.strictEqual(reads(api, 'cost').length, 2);
    },
  },
  {
    name: 'versions are side by side, and an estimate is said to be one',
    check: async session => {
      const { page } = session;
      await session.open('#/models/support-desk/quality');
      const latest = page.getByRole('region', { name: 'Latest window with feedback of each version' });
      assert.deepStrictEqual(await latest.locator('tbody th').allTextContents(), ['1.4.0', '1.5.0-int8']);
      assert.match(await latest.locator('tbody tr').first().textContent(), /below the floor.*% to .*%≈ /);
      assert.ok(await page.getByText('estimate without labels (CBPE)').isVisible());
      await page.locator('summary', { hasText: 'Numbers' }).click();
      await page.getByRole('link', { name: '14:20' }).first().click();
      await session.settled();
      assert.match(hash(page), /version=.*&at=2026-11-22T14:(19|20):00\.000Z$/);
      assert.ok(await coloursOf(page.locator('canvas').first()) > 10);
    },
  },
  {
    name: 'what costs and what is saved is summed up',
    check: async session => {
      const { page } = session;
      await session.open('#/models/support-desk/cost');
      await page.getByText('have no price; the cost is without them').waitFor();
      const before = await page.locator('.figures dd').first().textContent();
      await page.getByLabel('Tenant', { exact: true }).selectOption('acme');
      await session.settled();
      assert.notStrictEqual(await page.locator('.figures dd').first().textContent(), before);
      assert.strictEqual(await page.getByRole('region', { name: 'Cost by version and tenant' }).locator('tbody tr').count(), 2);
      await page.getByLabel('In', { exact: true }).selectOption('seconds');
      await page.getByRole('heading', { name: 'Compute time by version' }).waitFor();
    },
  },
  {
    name: 'without reports it is said what to do',
    check: async session => {
      const { page } = session;
      await session.open('#/models/fraud-score/drift');
      await page.getByText('The inference job reports each window of 1 min shortly after it has ended.').waitFor();
      await session.open('#/models/toxicity/drift');
      await page.getByText('windows of 1 h, above').waitFor();
      await session.open('#/models/moderation/drift');
      await page.getByText('Reports are being read.').waitFor();
      await page.getByText('too few observations', { exact: true }).first().waitFor();
    },
  },
];

module.exports = cases;

// What the console does: what it sends, when it asks, what stays as it was, and how it is used without a mouse.
'use strict';
const assert = require('node:assert');
const { CANDIDATE, model } = require('./fixtures.js');

const ROLLOUT = '#/models/support-desk/rollout';
const KEY = 'mr_0123456789ab_secret';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const dialog = page => page.getByRole('dialog');

async function enabled(page) {
  const names = [];
  for (const each of await page.getByRole('group', { name: 'Actions' }).getByRole('button').all()) {
    if (await each.isEnabled()) {
      names.push(await each.textContent());
    }
  }
  return names;
}

async function confirm(session, action, reason) {
  const { page } = session;
  await button(page, action).click();
  if (reason !== null) {
    await dialog(page).getByRole('textbox').fill(reason);
  }
  await dialog(page).getByRole('button', { name: action }).click();
}

const cases = [
  ...[
    ['support-desk', ['Pause', 'Promote', 'Abort']],
    ['fraud-score', ['Pause', 'Promote', 'Abort']],
    ['moderation', ['Resume', 'Promote', 'Abort']],
    ['language-id', ['Abort']],
    ['intent-routing', ['Start a rollout']],
    ['reranker', ['Start a rollout']],
    ['toxicity', ['Start a rollout']],
    ['sentiment', ['Start a rollout']],
  ].map(([name, actions]) => ({
    name: `what applies is enabled: ${name}`,
    check: async session => {
      await session.open(`#/models/${name}/rollout`);
      await button(session.page, 'Pause').waitFor();
      assert.deepStrictEqual(await enabled(session.page), actions);
    },
  })),

  ...[
    ['Pause', 'support-desk', 'pause', 'watching the error rate'],
    ['Resume', 'moderation', 'resume', 'it was the load test'],
    ['Promote', 'support-desk', 'promote', 'the fix must be out today'],
    ['Abort', 'support-desk', 'abort', 'wrong labels'],
  ].map(([label, name, action, reason]) => ({
    name: `${label} sends the command with its reason`,
    check: async session => {
      await session.open(`#/models/${name}/rollout`);
      await confirm(session, label, reason);
      await dialog(session.page).waitFor({ state: 'detached' });
      assert.deepStrictEqual(session.api.writes(), [{ path: `/v1/models/${name}/rollout/${action}`, body: { reason } }]);
    },
  })),

  {
    name: 'a pause without a reason is sent, and what became of it is shown at once',
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      await confirm(session, 'Pause', null);
      await page.locator('.heading').getByText('paused').waitFor();
      assert.deepStrictEqual(session.api.writes(), [{ path: '/v1/models/support-desk/rollout/pause', body: {} }]);
      assert.deepStrictEqual(await enabled(page), ['Resume', 'Promote', 'Abort']);
    },
  },
  {
    name: 'what overrules the evidence needs a reason',
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      await confirm(session, 'Abort', '');
      assert.ok(await dialog(page).isVisible());
      await page.keyboard.press('Escape');
      await confirm(session, 'Promote', '');
      assert.ok(await dialog(page).isVisible());
      assert.deepStrictEqual(session.api.writes(), []);
    },
  },
  {
    name: 'cancel sends nothing',
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      await button(page, 'Abort').click();
      await dialog(page).getByRole('button', { name: 'Cancel' }).click();
      await dialog(page).waitFor({ state: 'detached' });
      assert.deepStrictEqual(session.api.writes(), []);
    },
  },
  {
    name: 'a refusal is shown where it was asked for',
    expectsErrors: true,
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      session.api.refusal = [409, 'no-rollout', 'No rollout', 'No rollout of support-desk is under way.'];
      await confirm(session, 'Abort', 'wrong labels');
      await dialog(page).getByRole('alert').getByText('No rollout of support-desk is under way.').waitFor();
      assert.ok(await dialog(page).getByRole('button', { name: 'Abort' }).isEnabled());
    },
  },
  {
    name: 'a rollout starts with a passed evaluation',
    check: async session => {
      const { page } = session;
      await session.open('#/models/toxicity/rollout');
      await button(page, 'Start a rollout').click();
      await page.getByLabel('Candidate').selectOption(CANDIDATE);
      await dialog(page).getByText('passed', { exact: true }).waitFor();
      assert.ok(await dialog(page).getByRole('textbox').isHidden());
      await dialog(page).getByRole('button', { name: 'Start' }).click();
      await dialog(page).waitFor({ state: 'detached' });
      assert.deepStrictEqual(session.api.writes(), [
        { path: '/v1/models/toxicity/rollout/start', body: { candidate: CANDIDATE } },
      ]);
    },
  },
  {
    name: 'a rollout without a passed evaluation starts with a reason alone',
    check: async session => {
      const { page } = session;
      await session.open('#/models/toxicity/rollout');
      await button(page, 'Start a rollout').click();
      await page.getByLabel('Candidate').selectOption('1.3.2');
      await dialog(page).getByText('not passed').waitFor();
      await dialog(page).getByRole('button', { name: 'Start' }).click();
      assert.deepStrictEqual(session.api.writes(), []);
      await dialog(page).getByRole('textbox').fill('back to the last good one');
      await dialog(page).getByRole('button', { name: 'Start' }).click();
      await dialog(page).waitFor({ state: 'detached' });
      assert.deepStrictEqual(session.api.writes(), [{
        path: '/v1/models/toxicity/rollout/start',
        body: { candidate: '1.3.2', override_evaluation: 'back to the last good one' },
      }]);
    },
  },
  {
    name: 'the API asks for the reason when it knows of no evaluation',
    expectsErrors: true,
    check: async session => {
      const { page } = session;
      await session.open('#/models/toxicity/rollout');
      await button(page, 'Start a rollout').click();
      await page.getByLabel('Candidate').selectOption(CANDIDATE);
      session.api.refusal = [409, 'evaluation-required', 'Evaluation required', 'No passed evaluation.'];
      await dialog(page).getByRole('button', { name: 'Start' }).click();
      await dialog(page).getByRole('alert').waitFor();
      assert.ok(await dialog(page).getByRole('textbox').isVisible());
    },
  },

  {
    name: 'the key goes along as a header and is nowhere else',
    expectsErrors: true,
    check: async session => {
      const { page, api } = session;
      api.key = KEY;
      await session.open(ROLLOUT);
      await page.getByLabel('Key', { exact: true }).fill('mr_wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('The API key is not known.').waitFor();
      await page.getByLabel('Key', { exact: true }).fill(KEY);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'support-desk' }).waitFor();
      assert.ok(api.calls.every(call => !call.url.includes('mr_')));
      assert.ok(!page.url().includes('mr_'));
      assert.deepStrictEqual(await page.evaluate(() => ({ ...localStorage })), {});
      assert.ok(await page.evaluate(key => Object.values(sessionStorage).includes(key), KEY));
      await button(page, 'Forget key').click();
      await page.getByLabel('Key', { exact: true }).waitFor();
      assert.deepStrictEqual(await page.evaluate(() => ({ ...sessionStorage })), {});
    },
  },
  {
    name: 'what the key does not allow is said',
    expectsErrors: true,
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      session.api.refusal = [403, 'forbidden', 'Forbidden', 'The API key does not have the scope operate, which this needs.'];
      await confirm(session, 'Pause', null);
      await dialog(page).getByRole('alert').getByText('scope operate').waitFor();
    },
  },

  {
    name: 'it asks every two seconds while it is seen',
    check: async session => {
      const { page, api } = session;
      await session.open(ROLLOUT);
      await session.settled();
      const asked = () => api.calls.filter(call => call.path.endsWith('/rollout')).length;
      assert.strictEqual(asked(), 1);
      await session.pass(2000);
      assert.strictEqual(asked(), 2);
      await hide(page, true);
      await session.pass(60_000);
      assert.strictEqual(asked(), 2);
      await hide(page, false);
      await session.settled();
      assert.strictEqual(asked(), 3);
    },
  },
  {
    name: 'it asks less and less often while the API fails, and shows what it knew',
    expectsErrors: true,
    check: async session => {
      const { page, api } = session;
      await session.open(ROLLOUT);
      await session.settled();
      api.outage = 'offline';
      const rounds = [];
      for (let second = 1; second <= 40; second++) {
        const before = api.calls.length;
        await session.pass(1000);
        if (api.calls.length > before) {
          rounds.push(second);
        }
      }
      assert.deepStrictEqual(rounds, [2, 6, 14, 30]);
      await page.getByRole('alert').getByText('Not up to date.').waitFor();
      await page.getByRole('heading', { name: 'support-desk' }).waitFor();
      await session.shot('stale-light-1280');
      api.outage = null;
      await session.pass(30_000);
      await page.getByRole('alert').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a refresh changes nothing but the numbers',
    check: async session => {
      const { page, api } = session;
      await session.open(ROLLOUT);
      await page.locator('summary', { hasText: 'Evidence' }).first().click();
      await button(page, 'Abort').focus();
      await page.evaluate(() => document.querySelectorAll('canvas, button, details, tr').forEach(node => { node.dataset.before = '1'; }));
      const rollout = api.models.get('support-desk').rollout;
      const more = { ...rollout.decisions[0], sequence: 4, reason: 'All guarded metrics are not worse at 25%.' };
      api.models.get('support-desk').rollout = { ...rollout, step: 2, decisions: [more, ...rollout.decisions] };
      await session.pass(2000);
      await page.getByText('All guarded metrics are not worse at 25%.').waitFor();
      const after = await page.evaluate(() => ({
        canvases: [...document.querySelectorAll('canvas')].every(canvas => canvas.dataset.before === undefined || canvas.isConnected),
        count: document.querySelectorAll('canvas').length,
        open: document.querySelectorAll('details[open]').length,
        focused: document.activeElement.textContent,
        opened: document.querySelector('details[open]').closest('li').textContent.includes('r7.3'),
      }));
      assert.deepStrictEqual(after, { canvases: true, count: 4, open: 1, focused: 'Abort', opened: true });
    },
  },

  {
    name: 'data is text, never markup',
    options: { given: [hostile()] },
    check: async session => {
      const { page } = session;
      page.on('dialog', () => session.problems.push('a script of the data ran'));
      await session.open('#/');
      await page.getByRole('link', { name: '<img src=x onerror=alert(1)>/&"' }).click();
      await page.getByRole('heading', { level: 1, name: '<img src=x onerror=alert(1)>/&"' }).waitFor();
      await page.getByRole('link', { name: 'Rollout', exact: true }).click();
      await page.getByText('<script>alert(2)</script>').first().waitFor();
      assert.strictEqual(await page.locator('main img, main script').count(), 0);
    },
  },
  {
    name: 'markup is not even possible',
    expectsErrors: true,
    check: async session => {
      await session.open('#/');
      const refused = await session.page.evaluate(() => {
        try {
          document.createElement('div').innerHTML = '<b>bold</b>';
          return null;
        } catch (error) {
          return error.name;
        }
      });
      assert.strictEqual(refused, 'TypeError');
    },
  },
  {
    name: 'a chart has its numbers in a table, and is drawn',
    check: async session => {
      const { page, api } = session;
      await session.open(ROLLOUT);
      const metric = page.locator('article', { hasText: 'Error rate' });
      await metric.locator('summary').click();
      const { history } = api.models.get('support-desk').rollout;
      assert.strictEqual(await metric.locator('tbody tr').count(), history.length);
      const last = history.at(-1).evidence[0];
      const cells = await metric.locator('tbody tr').first().locator('th, td').allTextContents();
      assert.deepStrictEqual(cells, [
        '14:30:00', '25%', 'not worse', ...[last.difference, last.lower, last.upper].map(points),
        last.production.observations.toLocaleString('en'), String(last.production.events),
        last.candidate.observations.toLocaleString('en'), String(last.candidate.events),
      ]);
      assert.match(await metric.getByRole('img').getAttribute('aria-label'), /^Error rate over time, 60 points\. Now: .* not worse\./);
      const colours = await metric.locator('canvas').evaluate(canvas => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(colours > 10, `${colours} colours`);
    },
  },
  {
    name: 'the colours are chosen once',
    check: async session => {
      const { page } = session;
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await session.open('#/');
      const light = await background();
      await page.getByLabel('Theme').selectOption('dark');
      const dark = await background();
      assert.notStrictEqual(dark, light);
      await page.reload();
      await page.waitForSelector('main h1');
      assert.strictEqual(await background(), dark);
      await page.getByLabel('Theme').selectOption('system');
      assert.strictEqual(await background(), light);
    },
  },
  {
    name: 'the rollout is used with the keyboard alone',
    check: async session => {
      const { page, api } = session;
      await session.open(ROLLOUT);
      await session.settled();
      const stops = [];
      for (let tab = 0; tab < 60; tab++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body) {
            return null;
          }
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          return {
            name: element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent.trim(),
            seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.top >= 0,
          };
        });
        if (stop === null) {
          break;
        }
        assert.ok(stop.seen, `The focus on ${stop.name} is not seen`);
        stops.push(stop.name.split('\n')[0].trim());
      }
      assert.deepStrictEqual(stops, [
        'Skip to content', 'Millrace', 'Models', 'support-desk', 'Rollout', 'Theme', 'Overview', 'Rollout', 'Drift', 'Quality', 'Cost',
        'Pause', 'Promote', 'Abort', 'Numbers', 'Numbers', 'Numbers', 'Numbers', 'Evidence', 'Evidence',
      ]);

      // The skip link leads to the content, not to another page.
      await page.keyboard.press('Tab');
      await page.locator('.skip').focus();
      await page.keyboard.press('Enter');
      assert.strictEqual(await page.evaluate(() => document.activeElement.id), 'main');
      assert.ok(page.url().endsWith(ROLLOUT));

      // A dialog takes the focus and gives it back.
      await button(page, 'Pause').focus();
      await page.keyboard.press('Enter');
      await dialog(page).waitFor();
      assert.ok(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)));
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      assert.strictEqual(await page.evaluate(() => document.activeElement.textContent), 'Pause');

      await page.keyboard.press('Enter');
      await page.keyboard.type('watching');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await dialog(page).waitFor({ state: 'detached' });
      assert.deepStrictEqual(api.writes(), [
        { path: '/v1/models/support-desk/rollout/pause', body: { reason: 'watching' } },
      ]);
      await page.getByRole('status').getByText('Pause: accepted.').waitFor({ state: 'attached' });
      assert.strictEqual(await page.evaluate(() => document.activeElement.id), 'main');
    },
  },
  {
    name: 'landmarks and titles say where one is',
    check: async session => {
      const { page } = session;
      await session.open(ROLLOUT);
      for (const role of ['banner', 'main', 'navigation']) {
        assert.ok(await page.getByRole(role).count() > 0, role);
      }
      assert.strictEqual(await page.title(), 'Rollout of support-desk · Millrace');
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('heading', { name: 'Deployment' }).waitFor();
      assert.strictEqual(await page.title(), 'support-desk · Millrace');
      assert.strictEqual(await page.evaluate(() => document.activeElement.id), 'main');
      await page.goBack();
      await page.getByRole('heading', { name: 'Decisions' }).waitFor();
      const unnamed = await page.locator('main').evaluate(main => [...main.querySelectorAll('h1, h2, h3, h4')].map(heading => heading.tagName));
      assert.strictEqual(unnamed.filter(tag => tag === 'H1').length, 1);
    },
  },
];

function points(share) {
  const size = Math.abs(share * 100).toFixed(2);
  return `${Number(size) === 0 ? '' : share < 0 ? '\u2212' : '+'}${size} pp`;
}

function hostile() {
  const name = '<img src=x onerror=alert(1)>/&"';
  const bad = model(name, 'canary');
  bad.rollout.decisions[0].reason = '<script>alert(2)</script>';
  bad.versions[0].version = '<b>1</b>';
  return bad;
}

async function hide(page, hidden) {
  await page.evaluate(value => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

module.exports = cases;

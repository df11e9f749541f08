// Opens the console of a server that wants an API key, with the API behind it, pauses a rollout, and prints as JSON what it shows.
// Arguments: Chromium's executable, the page's URL, a model, an API key, where to write a screenshot.
'use strict';
const { chromium } = require('playwright-core');

async function main([executablePath, url, model, key, screenshot]) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const found = { errors: [], refused: [], texts: {} };
    page.on('pageerror', error => found.errors.push(String(error)));
    page.on('response', response => {
      if (response.status() >= 400) {
        found.refused.push(`${response.status()} ${new URL(response.url()).pathname}`);
      }
    });
    const read = async (name, hash, heading) => {
      await page.goto(`${url}${hash}`);
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      found.texts[name] = await page.locator('main').innerText();
    };
    await read('key', '#/', 'API key');
    await page.getByLabel('Key', { exact: true }).fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await read('models', '#/', 'Models');
    await read('model', `#/models/${model}`, 'Evaluations');
    await read('drift', `#/models/${model}/drift`, 'Features by window');
    await page.getByRole('rowheader').getByRole('link', { name: 'token_count' }).click();
    await page.getByRole('heading', { name: 'Score over time' }).waitFor();
    found.texts.feature = await page.locator('main').innerText();
    await page.screenshot({ path: screenshot.replace('.png', '-drift.png'), fullPage: true });
    await read('quality', `#/models/${model}/quality`, 'Calibration');
    await read('cost', `#/models/${model}/cost`, 'By version and tenant');
    await read('rollout', `#/models/${model}/rollout`, 'Decisions');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('looking into it');
    const paused = page.waitForResponse(response => response.request().method() === 'POST');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    found.paused = (await paused).status();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.screenshot({ path: screenshot, fullPage: true });
    process.stdout.write(JSON.stringify(found));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});

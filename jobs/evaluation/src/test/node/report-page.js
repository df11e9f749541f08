// Opens a report in Chromium and prints as JSON what it showed and loaded.
// Arguments: Chromium's executable, the page's URL, 'light' or 'dark', 'script' or 'no-script', where
// to write a screenshot.
'use strict';
const { chromium } = require('playwright-core');

async function main([executablePath, url, colorScheme, script, screenshot]) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({
      viewport: { width: 1180, height: 900 }, colorScheme, javaScriptEnabled: script === 'script',
    });
    const found = { requests: [], errors: [] };
    page.on('console', message => {
      if (message.type() === 'error') found.errors.push(message.text());
    });
    page.on('pageerror', error => found.errors.push(String(error)));
    page.on('request', request => found.requests.push(request.url()));
    await page.goto(url);
    await page.waitForSelector('main');
    await page.screenshot({ path: screenshot, fullPage: true });
    // Of what a reader sees; playwright reads it where the page's own script may not run too.
    found.title = await page.title();
    found.heading = await page.innerText('h1');
    found.summary = await page.innerText('header');
    found.tables = await page.locator('table').count();
    found.charts = [];
    for (const figure of await page.locator('figure.chart').all()) {
      if (await figure.isVisible()) found.charts.push(await figure.locator('canvas').getAttribute('id'));
    }
    found.text = await page.locator('main').textContent();
    if (script === 'script') {
      found.blank = await page.$$eval('figure.chart:not([hidden]) canvas', canvases => canvases
        .filter(canvas => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(v => v > 0))
        .map(canvas => canvas.id));
      found.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      found.wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    }
    process.stdout.write(JSON.stringify(found));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});

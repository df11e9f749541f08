// Opens a page in Chromium, unfolds all operations, and prints as JSON what it showed and loaded.
// Arguments: Chromium's executable, the page's URL, where to write a screenshot.
'use strict';
const { chromium } = require('playwright-core');

async function main([executablePath, url, screenshot]) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    const found = { operations: [], requests: [], errors: [], failed: [] };
    page.on('console', message => {
      if (message.type() === 'error') found.errors.push(message.text());
    });
    page.on('pageerror', error => found.errors.push(String(error)));
    page.on('request', request => found.requests.push(request.url()));
    page.on('requestfailed', request => found.failed.push(request.url()));
    page.on('response', response => {
      if (response.status() >= 400) found.failed.push(response.url());
    });
    await page.goto(url);
    await page.waitForSelector('.opblock');
    found.operations = await page.$$eval('.opblock', blocks => blocks.map(block =>
      block.querySelector('.opblock-summary-method').textContent.trim() + ' ' +
      block.querySelector('.opblock-summary-path').textContent.replace(/\u200b/g, '').trim()));
    found.title = await page.textContent('.info .title');
    await page.screenshot({ path: screenshot });
    // An operation unfolds without an error too.
    await page.click('.opblock-post .opblock-summary-control');
    await page.waitForSelector('.opblock-post .opblock-body');
    process.stdout.write(JSON.stringify(found));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});

// Opens the console in Chromium against a fake API, and prints as JSON what each check found.
// Arguments: Chromium's executable, the page's URL, the directory of the screenshots.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { FakeApi } = require('./fake-api.js');
const { NOW, models } = require('./fixtures.js');

const KINDS = [...require('./looks.js'), ...require('./behaviour.js'), ...require('./behaviour-reports.js')];

/** A page with a fake API behind it, which notes what goes wrong. */
class Session {
  /** What must never be. */
  problems = [];
  /** What the browser writes into its log: each answer from 400 on too. */
  log = [];

  constructor(context, url, screenshots, api) {
    this.context = context;
    this.url = url;
    this.screenshots = screenshots;
    this.api = api;
  }

  static async start(browser, url, screenshots, { given = models(), theme = 'light', width = 1280 } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 844 : 900 },
      colorScheme: theme,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(10_000);
    const api = new FakeApi(given);
    const session = new Session(context, url, screenshots, api);
    const page = session.page = await context.newPage();
    // Time stands still until a check lets it pass.
    await page.clock.install({ time: NOW });
    await page.clock.pauseAt(NOW + 1000);
    page.on('console', message => message.type() === 'error' && session.log.push(message.text()));
    page.on('pageerror', error => session.problems.push(String(error)));
    page.on('request', request => {
      if (new URL(request.url()).origin !== new URL(url).origin) {
        session.problems.push(`a request to ${request.url()}`);
      }
    });
    await api.attach(context);
    return session;
  }

  async open(hash) {
    await this.page.goto(`${this.url}${hash}`);
    await this.page.waitForSelector('main h1');
  }

  /** Lets time pass for the page, and waits for the calls that it made. */
  async pass(millis) {
    await this.page.clock.runFor(millis);
    await this.settled();
  }

  /** Waits until the page has asked for what it wants to know, and has shown the answers. */
  async settled() {
    let before;
    do {
      before = this.api.calls.length;
      // Comes back after what the page sent earlier, and after what it does with the answers.
      for (let round = 0; round < 3; round++) {
        await this.page.evaluate(() => fetch('/console/icon.svg', { cache: 'no-store' }).then(answer => answer.text()));
      }
    } while (this.api.calls.length > before || this.api.pending > 0);
  }

  async shot(name) {
    await this.page.screenshot({ path: path.join(this.screenshots, `${name}.png`), fullPage: true });
  }
}

async function main([executablePath, url, screenshots]) {
  fs.mkdirSync(screenshots, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const results = [];
  try {
    for (const { name, options, check, expectsErrors } of KINDS) {
      const session = await Session.start(browser, url, screenshots, options);
      let problem = null;
      try {
        await check(session);
        const complaints = [...session.problems, ...(expectsErrors ? [] : session.log)];
        if (complaints.length > 0) {
          problem = `The page complains: ${complaints.join('; ')}`;
        }
      } catch (error) {
        problem = error.stack;
      }
      await session.context.close();
      results.push({ name, problem });
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(results));
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});

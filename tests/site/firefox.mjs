// A smoke run in Firefox, over WebDriver BiDi: `node firefox.mjs FIREFOX ADDRESS PUPPETEER` prints what Check says of the stub and of a loop.
const [executablePath, address, puppeteer] = process.argv.slice(2);
const { launch } = await import(puppeteer);

const browser = await launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  await page.goto(address);
  const place = ".grader[data-exercise='core.money']";
  const idle = () => page.waitForFunction(() => !("busy" in document.documentElement.dataset), { timeout: 240_000 });
  const checked = async () => {
    await page.click(`${place} [data-do=check]`);
    await idle();
    return page.$eval(`${place} [role=status]`, (status) => status.textContent);
  };
  const said = [await checked()];
  await page.click(`${place} [data-do=edit]`);
  await idle();
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type("\nwhile True: pass");
  said.push(await checked());
  console.log(JSON.stringify(said));
} finally {
  await browser.close();
}
